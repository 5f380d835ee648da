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
import java.time.Duration;
import java.util.Arrays;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

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
    void invitationShouldHoldItsTokenWhenItIsUsable() throws IOException {
        trusted.admission = Admission.BY_INVITATION;

        Reply reply = trusted.get("/i/" + TestSite.INVITATION);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .contains("href=\"dcaccount:https://chat.example/new?token=" + TestSite.INVITATION + "\"", "<svg")
                .contains("You are invited")
                .doesNotContain("/qr.svg");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
    }

    @Test
    void invitationShouldHoldFreshLoginWhenCertificateIsSelfSigned() throws IOException {
        Reply reply = selfSigned.get("/i/" + TestSite.INVITATION);

        assertThat(reply.body()).contains("href=\"dclogin:ac1@chat.example?p=se&amp;v=1\"");
        assertThat(selfSigned.tokens).containsExactly(Optional.of(TestSite.INVITATION));
    }

    @Test
    void invitationShouldBeGoneInVisitorsLanguageWhenItCannotBeUsed() throws IOException {
        Reply reply = trusted.get("/i/used-up?lang=de");

        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body())
                .contains("Diese Einladung gilt nicht", "href=\"/?lang=de\"")
                .doesNotContain("dcaccount:");
        assertThat(trusted.clients).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/i/", "/i/a.b", "/i/a/b", "/i/%22%3E", "/i/Good-_token/"})
    void invitationShouldNotBeThereWhenItIsMalformed(String path) throws IOException {
        Reply reply = trusted.get(path);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEqualTo("Not found\n");
    }

    @Test
    void indexShouldLeadToInvitationWhenTokenIsGiven() throws IOException {
        Reply reply = trusted.get("/?token=abc");

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location")).isEqualTo("/i/abc");
    }

    @ParameterizedTest
    @CsvSource({"BY_INVITATION, those who have an invitation", "CLOSED, no new accounts", "PAUSED, no room"})
    void indexShouldOfferNothingWhenNobodyIsAdmitted(Admission admission, String reason) throws IOException {
        for (TestSite site : List.of(trusted, selfSigned)) {
            site.admission = admission;

            Reply reply = site.get("/");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).contains(reason).doesNotContain("class=\"button\"", "<svg", "qr.svg");
            assertThat(site.clients).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPEN, Anybody", "BY_INVITATION, have an invitation", "CLOSED, None are given", "PAUSED, at the moment"
    })
    void statusShouldTellWhoIsAdmittedAndNoFigures(Admission admission, String told) throws IOException {
        trusted.admission = admission;

        Reply reply = trusted.get("/status");

        assertThat(reply.body()).contains("The server is running", told, "mailto:boss@example.org");
        assertThat(reply.body().replaceAll("(?s)<[^>]*>", "")).doesNotContainPattern("[0-9]");
    }

    @Test
    void indexShouldHoldFreshLoginWhenCertificateIsSelfSigned() throws IOException {
        Reply reply = selfSigned.get("/");

        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body())
                .contains("href=\"dclogin:ac1@chat.example?p=se&amp;v=1\"", "<svg", "made for you just now")
                .doesNotContain("dcaccount:");
        assertThat(selfSigned.clients).hasSize(1);
        selfSigned.get("/");
        assertThat(selfSigned.clients).hasSize(2);
    }

    @Test
    void indexShouldTellReasonWhenOfferIsRefused() throws IOException {
        selfSigned.offer(new Offer.Refused(429, "in English", Optional.of(Duration.ofMinutes(1))));

        Reply reply = selfSigned.get("/?lang=es");

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("retry-after")).isEqualTo("60");
        assertThat(reply.header("cache-control")).isEqualTo("no-store");
        assertThat(reply.body()).contains("Inténtalo más tarde").doesNotContain("class=\"button\"", "in English");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/info", "/privacy", "/status", "/i/" + TestSite.INVITATION, "/i/used-up"})
    void pageShouldAllowOnlyItsOwnStyleWhenServed(String path) throws Exception {
        Reply reply = trusted.get(path);

        assertThat(reply.header("content-security-policy"))
                .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(reply.body())
                .doesNotContain("<script", "<style", "style=", " src=\"http")
                .doesNotContainPattern(" on[a-z]+=");
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

    @Test
    void mailLinkShouldEncodeWhatIsSpecialInIt() {
        assertThat(PrivacyContacts.from("a?b&c+d@example.org", "", "", "").mailLink())
                .contains("mailto:a%3Fb%26c%2Bd@example.org");
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
}
