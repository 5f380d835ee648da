package org.jameschatmail.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A QR code as a picture, black on white whatever the color scheme, with the quiet zone of four modules that scanners
 * need. The PNG is written without AWT, which a small server shouldn't have to load. Immutable.
 *
 * @see <a href="https://www.w3.org/TR/png-3/">PNG, third edition</a>
 */
public final class QrCode {
    private static final int QUIET_ZONE = 4;
    private static final int PIXELS_A_MODULE = 8;
    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final BitMatrix modules;

    private QrCode(BitMatrix modules) {
        this.modules = modules;
    }

    /** @throws IllegalArgumentException where the text is empty or above what a QR code holds, about 2 kB */
    public static QrCode of(String text) {
        Map<EncodeHintType, Object> hints = Map.of(
                EncodeHintType.MARGIN,
                QUIET_ZONE,
                EncodeHintType.ERROR_CORRECTION,
                ErrorCorrectionLevel.M,
                EncodeHintType.CHARACTER_SET,
                StandardCharsets.UTF_8.name());
        try {
            return new QrCode(new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints));
        } catch (WriterException e) {
            throw new IllegalArgumentException("does not fit into a QR code", e);
        }
    }

    /** An {@code svg} element that stands alone as a file as well as inside a page. */
    public String svg(String title) {
        int size = modules.getWidth();
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            int x = 0;
            while (x < size) {
                int start = x;
                while (x < size && modules.get(x, y)) {
                    x++;
                }
                if (x > start) {
                    path.append("M%d %dh%dv1H%dz".formatted(start, y, x - start, start));
                }
                x++;
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" role="img" \
                shape-rendering="crispEdges"><title>%2$s</title><path fill="#fff" d="M0 0h%1$dv%1$dH0z"/>\
                <path fill="#000" d="%3$s"/></svg>
                """.formatted(size, Html.escape(title), path);
    }

    /** One bit a pixel, eight pixels a module. */
    public byte[] png() {
        int size = modules.getWidth() * PIXELS_A_MODULE;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PNG_SIGNATURE);
        // Width, height, bit depth 1, grayscale, and the only compression, filter and interlace methods needed.
        ByteBuffer header = ByteBuffer.allocate(13).putInt(size).putInt(size).put(new byte[] {1, 0, 0, 0, 0});
        writeChunk(out, "IHDR", header.array());
        writeChunk(out, "IDAT", deflate(scanLines()));
        writeChunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    /** A filter byte of 0 before each row; a module is exactly one byte of eight equal pixels, white set. */
    private byte[] scanLines() {
        int width = modules.getWidth();
        ByteBuffer lines = ByteBuffer.allocate(width * PIXELS_A_MODULE * (width + 1));
        for (int y = 0; y < width; y++) {
            byte[] line = new byte[width + 1];
            for (int x = 0; x < width; x++) {
                line[x + 1] = (byte) (modules.get(x, y) ? 0x00 : 0xFF);
            }
            for (int repeat = 0; repeat < PIXELS_A_MODULE; repeat++) {
                lines.put(line);
            }
        }
        return lines.array();
    }

    private static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(data);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void writeChunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt((int) crc.getValue())
                .array());
    }
}
