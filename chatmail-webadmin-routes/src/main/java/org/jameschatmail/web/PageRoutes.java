package org.jameschatmail.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.servlet.http.HttpServletRequest;

/**
 * The pages for people, and the pictures on them. Everything but a personal index page is made once. Thread-safe.
 */
public final class PageRoutes implements WebRoutes {
    private static final Duration PAGE_KEPT = Duration.ofMinutes(5);
    private static final Duration PICTURE_KEPT = Duration.ofDays(1);
    private static final String SVG = "image/svg+xml";
    private static final String ICON = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0b5cad" \
            d="M6 4h20a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H14l-8 6v-6a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z"/></svg>
            """;
    private static final String ROBOTS = "User-agent: *\nDisallow: /\n";

    private final AccountOffers offers;
    private final SiteConfiguration site;
    private final IndexPage index;
    private final Answer fixedIndex;
    private final Answer info;
    private final Answer privacy;
    private final Answer qrSvg;
    private final Answer qrPng;

    public PageRoutes(AccountOffers offers, SiteConfiguration site) {
        this.offers = offers;
        this.site = site;
        WebText text = WebText.english();
        HtmlLayout layout = new HtmlLayout(text);
        this.index = new IndexPage(site, text, layout);
        this.fixedIndex = index.fixed().cachedFor(PAGE_KEPT);
        this.info = new InfoPage(site, text).render(layout).cachedFor(PAGE_KEPT);
        this.privacy = new PrivacyPage(site, text).render(layout).cachedFor(PAGE_KEPT);
        QrCode code = QrCode.of(site.accountLink(Optional.empty()));
        String title = text.plain("index.qr", site.domain());
        this.qrSvg = Answer.of(200, SVG, code.svg(title)).cachedFor(PICTURE_KEPT);
        this.qrPng = Answer.of(200, "image/png", code.png()).cachedFor(PICTURE_KEPT);
    }

    @Override
    public void define(RouteTable table) {
        table.get("/", this::index);
        table.get("/info", request -> info);
        table.get("/privacy", request -> privacy);
        table.get("/qr.svg", request -> qrSvg);
        table.get("/qr.png", request -> qrPng);
        table.get("/icon.svg", request -> Answer.of(200, SVG, ICON).cachedFor(PICTURE_KEPT));
        table.get("/robots.txt", request -> Answer.text(200, ROBOTS).cachedFor(PICTURE_KEPT));
    }

    private Answer index(HttpServletRequest request) throws IOException {
        Optional<String> token = AccountRoutes.token(request);
        if (site.selfSigned()) {
            return index.personal(offers.offer(AccountRoutes.client(request), token));
        }
        return token.map(index::invitation).orElse(fixedIndex);
    }
}
