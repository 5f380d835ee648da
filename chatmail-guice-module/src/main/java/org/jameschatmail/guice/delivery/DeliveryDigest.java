package org.jameschatmail.guice.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.james.core.MailAddress;

/**
 * What two deliveries have in common if, and only if, the second is the first one tried again: 128 bits of the SHA-256 of
 * envelope and content. Immutable.
 */
record DeliveryDigest(long high, long low) {
    /** @throws IOException when the content can't be read */
    static DeliveryDigest of(Collection<MailAddress> recipients, DeliveredContent content) throws IOException {
        MessageDigest digest = sha256();
        TreeSet<String> sorted = new TreeSet<>();
        recipients.forEach(recipient -> sorted.add(recipient.asString()));
        for (String recipient : sorted) {
            digest.update(recipient.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        digest.update((byte) '\n');
        try (InputStream in = new DigestInputStream(content.getInputStream(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        ByteBuffer octets = ByteBuffer.wrap(digest.digest());
        return new DeliveryDigest(octets.getLong(), octets.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
