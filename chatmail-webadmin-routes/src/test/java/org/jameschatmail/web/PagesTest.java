package org.jameschatmail.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jameschatmail.web.TestSite.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PagesTest {
    private TestSite trusted;
    private TestSite selfSigned;

    @BeforeEach
    void start() throws IOException {
        trusted = TestSite.trusted();
        selfSigned = TestSite.selfSigned();
    }

    @AfterEach
    void stop() {
        trusted.close();
        selfSigned.close();
    }

    @Test
    void indexShouldHoldFixedLinkWhenCertificateIsTrusted() throws IOException {
        Reply reply = trusted.get("/");

        assertThat(reply.header("content-type")).isEqualTo("text/html;charset=utf-8");
        assertThat(reply.body())
                .contains("href=\"dcaccount:https://chat.example/new\"", "Open in Delta Chat", "src=\"/qr.svg\"")
                .doesNotContain("dclogin:");
        assertThat(trusted.clients).isEmpty();
    }

    @Test
    void indexShouldHoldInvitationWhenTokenIsGiven() throws IOException {
        Reply reply = trusted.get("/?token=abc");

        assertThat(reply.body())
                .contains("href=\"dcaccount:https://chat.example/new?token=abc\"", "<svg")
                .doesNotContain("/qr.svg");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void indexShouldHoldFreshLoginWhenCertificateIsSelfSigned() throws IOException {
        Reply reply = selfSigned.get("/");

        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body())
                .contains("href=\"dclogin:ac1@chat.example?p=se&amp;v=1\"", "<svg", "made by itself")
                .doesNotContain("dcaccount:");
        assertThat(selfSigned.clients).hasSize(1);
        selfSigned.get("/");
        assertThat(selfSigned.clients).hasSize(2);
    }

    @Test
    void indexShouldTellReasonWhenOfferIsRefused() throws IOException {
        selfSigned.offer(new Offer.Refused(429, "<b>later</b>", Optional.of(Duration.ofMinutes(1))));

        Reply reply = selfSigned.get("/");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body()).contains("&lt;b&gt;later&lt;/b&gt;").doesNotContain("class=\"button\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/info", "/privacy"})
    void pageShouldAllowOnlyItsOwnStyleWhenServed(String path) throws Exception {
        Reply reply = trusted.get(path);

        String style = reply.body()
                .substring(reply.body().indexOf("<style>") + 7, reply.body().indexOf("</style>"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.header("content-security-policy"))
                .contains("default-src 'none'", "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
                .doesNotContain("unsafe");
        assertThat(reply.body()).doesNotContain("<script", "style=", " src=\"http");
    }

    @Test
    void privacyShouldShowContactsWhenGiven() throws IOException {
        assertThat(trusted.get("/privacy").body())
                .contains("mailto:boss@example.org", "Acme &amp; Sons\nMain Street &lt;1&gt;", "20 days", "90 days")
                .doesNotContain("Data protection officer");
    }

    @Test
    void infoShouldShowLimitsAndPortsWhenAsked() throws IOException {
        assertThat(trusted.get("/info").body()).contains("30 MiB", "500 MB", "<td>10993</td>", "mx.chat.example");
    }

    @Test
    void qrPngShouldDecodeToFixedLinkWhenScanned() throws Exception {
        byte[] png =
                QrCode.of(TestSite.site(false).accountLink(Optional.empty())).png();

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(scan(image.getWidth(), pixels)).isEqualTo("dcaccount:https://chat.example/new");
        assertThat(trusted.get("/qr.png").header("content-type")).isEqualTo("image/png");
    }

    @Test
    void qrSvgShouldDecodeWhenScanned() throws Exception {
        String svg = QrCode.of(TestSite.LINK).svg("title");
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
        assertThat(box.find()).isTrue();
        int scale = 8;
        int size = Integer.parseInt(box.group(1)) * scale;
        int[] pixels = new int[size * size];
        Arrays.fill(pixels, 0xFFFFFF);
        Matcher runs = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1H\\1z").matcher(svg);
        while (runs.find()) {
            int left = Integer.parseInt(runs.group(1)) * scale;
            int top = Integer.parseInt(runs.group(2)) * scale;
            int right = left + Integer.parseInt(runs.group(3)) * scale;
            for (int y = top; y < top + scale; y++) {
                Arrays.fill(pixels, y * size + left, y * size + right, 0);
            }
        }

        assertThat(scan(size, pixels)).isEqualTo(TestSite.LINK);
    }

    @Test
    void qrSvgShouldBeWellFormedWhenServed() throws Exception {
        Reply reply = trusted.get("/qr.svg");

        assertThat(reply.header("content-type")).isEqualTo("image/svg+xml");
        assertThat(parse(reply.body()).getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(parse(trusted.get("/icon.svg").body()).getDocumentElement().getTagName())
                .isEqualTo("svg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/.well-known/autoconfig/mail/config-v1.1.xml", "/mail/config-v1.1.xml?emailaddress=a@b"})
    void autoconfigShouldNameRealPortsWhenAsked(String path) throws Exception {
        Reply reply = trusted.get(path);

        assertThat(reply.header("content-type")).startsWith("text/xml");
        Element provider = (Element)
                parse(reply.body()).getElementsByTagName("emailProvider").item(0);
        assertThat(provider.getAttribute("id")).isEqualTo("chat.example");
        assertThat(servers(provider, "incomingServer"))
                .containsExactly("imap 10993 SSL", "imap 10143 STARTTLS", "imap 10443 SSL");
        assertThat(servers(provider, "outgoingServer"))
                .containsExactly("smtp 10465 SSL", "smtp 10587 STARTTLS", "smtp 10443 SSL");
        assertThat(text(provider, "hostname")).isEqualTo("mx.chat.example");
        assertThat(text(provider, "username")).isEqualTo("%EMAILADDRESS%");
    }

    @Test
    void policyShouldEnforceWhenAsked() throws IOException {
        Reply reply = trusted.get("/.well-known/mta-sts.txt");

        assertThat(reply.header("content-type")).startsWith("text/plain");
        assertThat(reply.body())
                .isEqualTo("version: STSv1\r\nmode: enforce\r\nmx: mx.chat.example\r\nmax_age: 2419200\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "<x>", "-a.example", "[192.0.2.1", "a.example."})
    void siteShouldBeRefusedWhenDomainIsMalformed(String domain) {
        assertThatThrownBy(() -> literal(domain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("domain");
    }

    @Test
    void siteShouldDropMailBracketsWhenDomainIsAddressLiteral() {
        assertThat(literal("[192.0.2.1]").accountLink(Optional.empty())).isEqualTo("dcaccount:https://192.0.2.1/new");
        assertThat(literal("[IPv6:2001:db8::1]").accountLink(Optional.empty()))
                .isEqualTo("dcaccount:https://[2001:db8::1]/new");
        assertThat(literal("[IPv6:2001:db8::1]").serviceHost()).isEqualTo("2001:db8::1");
        assertThat(literal("[192.0.2.1]").authority("192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void htmlShouldEscapeAndReplaceWhenTextIsHostile() {
        assertThat(Html.escape("<a href='\"&>\u0000\uD83D\uDE00\uFFFE"))
                .isEqualTo("&lt;a href=&#39;&quot;&amp;&gt;\uFFFD\uD83D\uDE00\uFFFD");
    }

    private static SiteConfiguration literal(String domain) {
        return new SiteConfiguration(
                domain, domain, ServicePorts.DEFAULT, true, PrivacyContacts.DEFAULT, SiteLimits.DEFAULT);
    }

    private static String scan(int size, int[] pixels) throws Exception {
        RGBLuminanceSource source = new RGBLuminanceSource(size, size, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> servers(Element provider, String tag) {
        List<String> found = new ArrayList<>();
        NodeList nodes = provider.getElementsByTagName(tag);
        for (int i = 0; i < nodes.getLength(); i++) {
            Element server = (Element) nodes.item(i);
            found.add(server.getAttribute("type") + " " + text(server, "port") + " " + text(server, "socketType"));
        }
        return found;
    }

    private static String text(Element parent, String tag) {
        return parent.getElementsByTagName(tag).item(0).getTextContent();
    }
}
