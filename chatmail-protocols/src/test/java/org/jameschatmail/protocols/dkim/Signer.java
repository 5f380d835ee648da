package org.jameschatmail.protocols.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Signs messages for tests, also in ways that no one should. Shares no code with what is tested. */
public record Signer(KeyPair keys, Map<String, String> tags) {
    public static Signer rsa(int bits, String domain, String selector) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return of(generator.generateKeyPair(), "rsa-sha256", domain, selector);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Signer ed25519(String domain, String selector) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return of(keys, "ed25519-sha256", domain, selector);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signer of(KeyPair keys, String algorithm, String domain, String selector) {
        return new Signer(keys, Map.of())
                .with("v", "1")
                .with("a", algorithm)
                .with("c", "relaxed/simple")
                .with("d", domain)
                .with("s", selector)
                .with("h", "from:from:to:subject:date");
    }

    /** With another value of a tag, or one more tag; {@code bh} and {@code b} are made when they aren't given. */
    public Signer with(String tag, String value) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        changed.put(tag, value);
        return new Signer(keys, Collections.unmodifiableMap(changed));
    }

    Signer without(String tag) {
        Map<String, String> changed = new LinkedHashMap<>(tags);
        changed.remove(tag);
        return new Signer(keys, Collections.unmodifiableMap(changed));
    }

    /** The record to publish. */
    String record() {
        byte[] encoded = keys.getPublic().getEncoded();
        if (keys.getPublic().getAlgorithm().equals("RSA")) {
            return "v=DKIM1; k=rsa; p=" + base64(encoded);
        }
        return "v=DKIM1; k=ed25519; p=" + base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    /** The record in strings of 255 characters, as one string holds no more. */
    public String[] strings() {
        return split(record());
    }

    static String[] split(String record) {
        return record.split("(?<=\\G.{255})");
    }

    public String keyName() {
        return tags.get("s") + "._domainkey." + tags.get("d");
    }

    /** The message with a signature on top. */
    public String sign(String message) {
        int end = message.indexOf("\r\n\r\n");
        String[] forms = tags.getOrDefault("c", "simple/simple").split("/");
        String body = canonicalBody(message.substring(end + 4), forms.length > 1 && forms[1].equals("relaxed"));
        Map<String, String> all = new LinkedHashMap<>(tags);
        String hashed = all.getOrDefault("l", "").matches("[0-9]+")
                ? body.substring(0, (int) Math.min(Long.parseLong(all.get("l")), body.length()))
                : body;
        all.putIfAbsent("bh", base64(sha256(hashed)));
        String unsigned = "DKIM-Signature:";
        for (Map.Entry<String, String> tag : all.entrySet()) {
            unsigned += " " + tag.getKey() + "=" + tag.getValue() + ";";
        }
        unsigned += " b=";
        boolean relaxed = forms[0].equals("relaxed");
        List<String> fields = new ArrayList<>(List.of(message.substring(0, end).split("\r\n(?![ \t])")));
        String data = "";
        for (String name : tags.get("h").split(":")) {
            for (int i = fields.size() - 1; i >= 0; i--) {
                if (fields.get(i).toLowerCase().startsWith(name.strip().toLowerCase() + ":")) {
                    data += canonicalField(fields.remove(i), relaxed) + "\r\n";
                    break;
                }
            }
        }
        String signature = base64(signature(data + canonicalField(unsigned, relaxed)));
        return unsigned + signature + "\r\n" + message;
    }

    private byte[] signature(String data) {
        try {
            boolean rsa = keys.getPrivate().getAlgorithm().equals("RSA");
            String hash = tags.get("a").equals("rsa-sha1") ? "SHA1" : "SHA256";
            Signature signature = Signature.getInstance(rsa ? hash + "withRSA" : "Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(rsa ? data.getBytes(StandardCharsets.ISO_8859_1) : sha256(data));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String canonicalField(String field, boolean relaxed) {
        if (!relaxed) {
            return field;
        }
        int colon = field.indexOf(':');
        return field.substring(0, colon).trim().toLowerCase() + ":"
                + field.substring(colon + 1)
                        .replace("\r\n", "")
                        .replaceAll("[ \t]+", " ")
                        .trim();
    }

    private static String canonicalBody(String body, boolean relaxed) {
        String tidy = relaxed ? body.replaceAll("[ \t]+", " ").replaceAll(" (?=\r\n|$)", "") : body;
        String content = tidy.replaceAll("(\r\n)+\\z", "");
        return content.isEmpty() && relaxed ? "" : content + "\r\n";
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
