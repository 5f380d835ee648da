package org.jameschatmail.integration.browser;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jameschatmail.integration.Deadline;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Debian's Chromium without a window, which takes any certificate and finds every host on loopback. For one thread. */
final class Browser implements AutoCloseable {
    private static final File PROGRAM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String FAULTS = read(Path.of("src/test/resources/browser/faults.js"));

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser start() {
        if (!PROGRAM.canExecute() || !DRIVER.canExecute()) {
            throw new IllegalStateException(
                    "A program is missing: ./chatmail test installs it (Debian: chromium, chromium-driver)");
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(PROGRAM);
        options.setAcceptInsecureCerts(true);
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // Chromium refuses to have one for root
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--host-resolver-rules=MAP * 127.0.0.1");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER)
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(PATIENCE);
        return new Browser(driver);
    }

    void use(Screen screen) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        screen.width(),
                        "height",
                        screen.height(),
                        "deviceScaleFactor",
                        screen.width() < 600 ? 2 : 1,
                        "mobile",
                        screen.width() < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", screen.dark() ? "dark" : "light"))));
    }

    /** What the browser asks pages for from now on, as {@code Accept-Language} has it. */
    void speak(String languages) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", languages)));
    }

    /** Pages run no scripts from now on. */
    void disableScripts() {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    }

    void open(String url) {
        driver.get(url);
    }

    String url() {
        return driver.getCurrentUrl();
    }

    String title() {
        return driver.getTitle();
    }

    /** The text of the first element that the CSS selector finds. */
    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** An attribute of the first element that the CSS selector finds; empty where it has none. */
    String attribute(String selector, String name) {
        String value = driver.findElement(By.cssSelector(selector)).getDomAttribute(name);
        return value == null ? "" : value;
    }

    int count(String selector) {
        return driver.findElements(By.cssSelector(selector)).size();
    }

    void click(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    void type(String selector, String text) {
        WebElement field = driver.findElement(By.cssSelector(selector));
        field.clear();
        field.sendKeys(text);
    }

    /** Waits until the text of the first element that the CSS selector finds has this in it. */
    void awaitText(String selector, String part) {
        Deadline deadline = Deadline.after(PATIENCE);
        String last = seen(selector);
        while (!last.contains(part)) {
            if (deadline.hasPassed()) {
                throw new AssertionError("'%s' isn't in '%s'".formatted(part, last));
            }
            last = seen(selector);
        }
    }

    /** Waits until the CSS selector finds so many elements. */
    void awaitCount(String selector, int elements) {
        Deadline deadline = Deadline.after(PATIENCE);
        while (count(selector) != elements) {
            if (deadline.hasPassed()) {
                throw new AssertionError("%d of '%s', not %d".formatted(count(selector), selector, elements));
            }
        }
    }

    /** Each look takes the driver some milliseconds, so that waiting needs no pause. */
    private String seen(String selector) {
        try {
            return text(selector);
        } catch (NoSuchElementException | StaleElementReferenceException redrawn) {
            return "";
        }
    }

    /** What sticks out, is too small to touch, or too pale to read, in words; empty for a good page. */
    @SuppressWarnings("unchecked")
    List<String> faults() {
        return (List<String>) driver.executeScript(FAULTS);
    }

    /** What the browser complained of since the last time: scripts, refused resources, the policy of the page. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** What is in the window. */
    byte[] window() {
        return capture(Map.of("format", "png"));
    }

    /** The whole page, however long. */
    byte[] wholePage() {
        return capture(Map.of("format", "png", "captureBeyondViewport", true, "clip", clip()));
    }

    private Map<String, Object> clip() {
        Map<?, ?> metrics = driver.executeCdpCommand("Page.getLayoutMetrics", Map.of());
        Map<?, ?> size = (Map<?, ?>) metrics.get("cssContentSize");
        return Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
    }

    private byte[] capture(Map<String, Object> how) {
        Object data = driver.executeCdpCommand("Page.captureScreenshot", how).get("data");
        return Base64.getDecoder().decode((String) data);
    }

    /** The text of the one QR code in a picture, as a phone's camera sees it. */
    static String scan(byte[] png) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
            int width = image.getWidth();
            int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
            BinaryBitmap bitmap =
                    new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, image.getHeight(), pixels)));
            return new QRCodeMultiReader().decodeMultiple(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))[0].getText();
        } catch (NotFoundException e) {
            throw new AssertionError("no QR code in the picture", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a picture where a person can look at it. */
    static void keep(String name, byte[] png) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "screenshots"));
            Files.write(folder.resolve(name + ".png"), png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
