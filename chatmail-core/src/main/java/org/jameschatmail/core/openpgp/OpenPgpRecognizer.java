package org.jameschatmail.core.openpgp;

import java.io.IOException;
import java.io.InputStream;
import org.jameschatmail.core.mime.MimeEntity;
import org.jameschatmail.core.mime.MimeLimits;
import org.jameschatmail.core.mime.MimeReader;
import org.jameschatmail.core.mime.MimeVisitor;
import org.jameschatmail.core.mime.Strictness;
import org.jameschatmail.core.mime.TrimmedText;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes an OpenPGP message: {@code multipart/encrypted} with exactly two leaf parts,
 * {@code application/pgp-encrypted} ("Version: 1"), then {@code application/octet-stream} with an armored message of
 * session key packets and one encrypted data packet. Reads packet headers only and never decrypts.
 *
 * <p>{@link Strictness#STRICT} refuses text around the parts and armor headers; {@link Strictness#LENIENT} skips them.
 * Single use, not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3156#section-4">RFC 3156, section 4</a>
 */
public final class OpenPgpRecognizer implements MimeVisitor {
    private static final String VERSION = "Version: 1";

    private final Strictness strictness;
    private boolean candidate;
    private boolean recognized;
    private int leaves;
    private final TrimmedText version = new TrimmedText(VERSION.length());
    private @Nullable ArmorReader armor;

    public OpenPgpRecognizer(Strictness strictness) {
        this.strictness = strictness;
    }

    /** Whether the whole message is an OpenPGP message; reads it to its end. */
    public static boolean recognizes(InputStream message, MimeLimits limits, Strictness strictness) throws IOException {
        OpenPgpRecognizer recognizer = new OpenPgpRecognizer(strictness);
        return MimeReader.read(message, limits, recognizer).isEmpty() && recognizer.isRecognized();
    }

    /** The outcome, once the message was read without a fault. */
    public boolean isRecognized() {
        return recognized;
    }

    @Override
    public void startEntity(MimeEntity entity) {
        if (entity.depth() == 0) {
            candidate = entity.isMultipart() && entity.hasType("multipart/encrypted");
            return;
        }
        candidate = candidate && !entity.isMultipart() && entity.hasType(expectedType());
        leaves++;
    }

    private String expectedType() {
        return switch (leaves) {
            case 0 -> "application/pgp-encrypted";
            case 1 -> "application/octet-stream";
            default -> "";
        };
    }

    @Override
    public void content(byte[] buffer, int offset, int length) {
        if (!candidate) {
            return;
        }
        if (leaves == 1) {
            version.add(buffer, offset, length);
            return;
        }
        ArmorReader reader = armor;
        if (reader == null) {
            reader = new ArmorReader(strictness);
            armor = reader;
        }
        reader.accept(buffer, offset, length);
    }

    @Override
    public void textOutsideParts() {
        candidate = candidate && strictness == Strictness.LENIENT;
    }

    @Override
    public void endEntity(MimeEntity entity, boolean intact) {
        candidate = candidate && intact;
        ArmorReader reader = armor;
        if (candidate && entity.depth() == 0) {
            recognized = leaves == 2 && version.text().equals(VERSION) && reader != null && reader.isComplete();
        }
    }
}
