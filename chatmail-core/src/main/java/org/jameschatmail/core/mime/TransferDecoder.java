package org.jameschatmail.core.mime;

import java.util.Locale;
import java.util.Optional;

/**
 * Decodes the content of one leaf and hands it on to the visitor. Strict: what isn't in the encoding's alphabet fails
 * the leaf, for other readers would skip it, or stop, or pass it on.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2045#section-6">RFC 2045, section 6</a>
 */
abstract class TransferDecoder {
    /** Takes a piece of a line, without line break. */
    abstract void write(LineSource line);

    abstract void lineBreak();

    /** Whether all content could be decoded; called once, at the end. */
    abstract boolean finish();

    /** The decoder for a Content-Transfer-Encoding; nothing for an unknown one. */
    static Optional<TransferDecoder> of(String encoding, MimeVisitor visitor) {
        if (isIdentity(encoding)) {
            return Optional.of(new IdentityDecoder(visitor));
        }
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "base64" -> Optional.of(new Base64Decoder(visitor));
            case "quoted-printable" -> Optional.of(new QuotedPrintableDecoder(visitor));
            default -> Optional.empty();
        };
    }

    static boolean isIdentity(String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "7bit", "8bit", "binary" -> true;
            default -> false;
        };
    }
}
