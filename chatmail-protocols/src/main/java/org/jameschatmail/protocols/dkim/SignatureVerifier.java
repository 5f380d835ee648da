package org.jameschatmail.protocols.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Verifies the signatures of one message's header, each key asked for at most once. Not thread-safe. */
final class SignatureVerifier {
    private final HeaderBlock header;
    private final DkimKeys keys;
    private final Deadline deadline;
    private final Map<String, KeyAnswer> fresh = new HashMap<>();

    SignatureVerifier(HeaderBlock header, DkimKeys keys, Deadline deadline) {
        this.header = header;
        this.keys = keys;
        this.deadline = deadline;
    }

    /** Takes the remembered key first, and when that fails asks for a new one. Blocks on DNS. */
    SignatureOutcome verify(DkimSignature signature) {
        byte[] data = signedData(signature);
        Optional<KeyAnswer.Found> remembered = keys.remembered(signature.keyName());
        if (remembered.isPresent() && isSignedBy(remembered.get(), signature, data)) {
            return SignatureOutcome.VALID;
        }
        KeyAnswer answer = fresh.computeIfAbsent(signature.keyName(), this::lookUpAnew);
        if (answer instanceof KeyAnswer.Unavailable) {
            return SignatureOutcome.KEY_UNAVAILABLE;
        }
        if (!(answer instanceof KeyAnswer.Found found)) {
            return SignatureOutcome.KEY_MISSING;
        }
        return isSignedBy(found, signature, data) ? SignatureOutcome.VALID : SignatureOutcome.HEADER_DIFFERS;
    }

    private KeyAnswer lookUpAnew(String keyName) {
        keys.forget(keyName);
        return keys.lookUp(keyName, deadline);
    }

    private static boolean isSignedBy(KeyAnswer.Found found, DkimSignature signature, byte[] data) {
        return found.keys().stream()
                .filter(key -> key.algorithm() == signature.algorithm())
                .filter(key -> signature.identityIsDomain() || !key.identityIsDomain())
                .anyMatch(key -> signature.algorithm().verify(key.publicKey(), data, signature.signature()));
    }

    /**
     * The fields that {@code h=} names, each name taking the next one from the bottom, and nothing when there is none:
     * so a signer holds that none was added. The signature's own field comes last.
     */
    private byte[] signedData(DkimSignature signature) {
        Map<String, Deque<HeaderBlock.Field>> fields = new HashMap<>();
        for (HeaderBlock.Field field : header.fields()) {
            if (field != signature.field()) {
                fields.computeIfAbsent(field.name(), name -> new ArrayDeque<>()).push(field);
            }
        }
        StringBuilder data = new StringBuilder();
        for (String name : signature.signedNames()) {
            Deque<HeaderBlock.Field> left = fields.get(name);
            if (left != null && !left.isEmpty()) {
                data.append(signature.headerForm().header(left.pop().text())).append("\r\n");
            }
        }
        data.append(signature.headerForm().header(signature.unsigned()));
        return data.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
