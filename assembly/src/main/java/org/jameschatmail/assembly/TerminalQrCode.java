package org.jameschatmail.assembly;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as lines of half-block characters, two modules high each, with the quiet zone that scanners need. Dark
 * modules are blanks, for terminals are dark; with {@code colored} the colors are set, so that it can be scanned on any.
 */
final class TerminalQrCode {
    private static final int QUIET_ZONE = 2;
    private static final String WHITE_ON_BLACK = "\u001b[97;40m";
    private static final String RESET = "\u001b[0m";

    private TerminalQrCode() {}

    /** @throws IllegalArgumentException when the text is too long for a QR code */
    static String of(String text, boolean colored) {
        ByteMatrix modules = encode(text);
        StringBuilder lines = new StringBuilder();
        for (int y = -QUIET_ZONE; y < modules.getHeight() + QUIET_ZONE; y += 2) {
            lines.append(colored ? WHITE_ON_BLACK : "");
            for (int x = -QUIET_ZONE; x < modules.getWidth() + QUIET_ZONE; x++) {
                lines.append(block(isDark(modules, x, y), isDark(modules, x, y + 1)));
            }
            lines.append(colored ? RESET : "").append('\n');
        }
        return lines.toString();
    }

    private static ByteMatrix encode(String text) {
        try {
            return Encoder.encode(text, ErrorCorrectionLevel.L).getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("The text is too long for a QR code", e);
        }
    }

    private static boolean isDark(ByteMatrix modules, int x, int y) {
        boolean inside = x >= 0 && y >= 0 && x < modules.getWidth() && y < modules.getHeight();
        return inside && modules.get(x, y) == 1;
    }

    private static char block(boolean darkAbove, boolean darkBelow) {
        if (darkAbove) {
            return darkBelow ? ' ' : '▄';
        }
        return darkBelow ? '▀' : '█';
    }
}
