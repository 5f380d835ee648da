package org.jameschatmail.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalQrCodeTest {
    private static final String LINK =
            "dclogin:ac1_abcde@chat.example?p=abcdefghijklmnopqrstuvwx&v=1&ih=127.0.0.1&ip=10993&is=ssl&ic=3";
    /** Pixels of a module's side, so that the reader sees more than dots. */
    private static final int SCALE = 4;

    private static final int WHITE = 0xFFFFFF;

    @ParameterizedTest
    @ValueSource(strings = {"x", "https://chat.example/", LINK})
    void codeShouldBeReadBackWhenItIsPrinted(String text) throws ReaderException {
        assertThat(read(TerminalQrCode.of(text, false))).isEqualTo(text);
    }

    @Test
    void codeShouldSetAndResetItsColorsWhenColored() throws ReaderException {
        String colored = TerminalQrCode.of(LINK, true);

        assertThat(colored.lines())
                .allSatisfy(line -> assertThat(line).startsWith("\u001b[97;40m").endsWith("\u001b[0m"));
        assertThat(read(colored.replaceAll("\u001b\\[[0-9;]*m", ""))).isEqualTo(LINK);
    }

    @Test
    void codeShouldHaveAQuietZoneWhenItIsPrinted() {
        List<String> lines = TerminalQrCode.of(LINK, false).lines().toList();

        assertThat(lines.get(0)).matches("█+");
        assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("██").endsWith("██"));
    }

    @Test
    void codeShouldBeRefusedWhenTheTextIsTooLong() {
        String text = "x".repeat(3000);

        assertThatThrownBy(() -> TerminalQrCode.of(text, false)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Draws the characters as a terminal with light letters on dark ground does, and scans the picture. */
    private static String read(String printed) throws ReaderException {
        List<String> lines = printed.lines().toList();
        int width = lines.get(0).length() * SCALE;
        int height = lines.size() * 2 * SCALE;
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            String line = lines.get(y / SCALE / 2);
            boolean upper = y / SCALE % 2 == 0;
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = isLight(line.charAt(x / SCALE), upper) ? WHITE : 0;
            }
        }
        BinaryBitmap picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new QRCodeReader()
                .decode(picture, Map.of(DecodeHintType.TRY_HARDER, true))
                .getText();
    }

    private static boolean isLight(char block, boolean upper) {
        return switch (block) {
            case '█' -> true;
            case '▀' -> upper;
            case '▄' -> !upper;
            case ' ' -> false;
            default -> throw new AssertionError("not a half block: " + block);
        };
    }
}
