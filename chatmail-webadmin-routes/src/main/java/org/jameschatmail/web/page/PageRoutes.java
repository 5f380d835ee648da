package org.jameschatmail.web.page;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import org.jameschatmail.web.AccountOffers;
import org.jameschatmail.web.AccountRoutes;
import org.jameschatmail.web.Admission;
import org.jameschatmail.web.Admissions;
import org.jameschatmail.web.Answer;
import org.jameschatmail.web.Invitations;
import org.jameschatmail.web.QrCode;
import org.jameschatmail.web.RouteTable;
import org.jameschatmail.web.SiteConfiguration;
import org.jameschatmail.web.WebRoutes;

/**
 * The pages for people, and the pictures on them, in the visitor's language: that of {@code ?lang=}, else the browser's
 * first that we speak, else English. A file of the operator's folder goes before the page of that path, and folder pages
 * with other names are there as well. Thread-safe.
 */
public final class PageRoutes implements WebRoutes {
    private static final Duration PAGE_KEPT = Duration.ofMinutes(1);
    private static final Duration PICTURE_KEPT = Duration.ofHours(1);
    private static final String SVG = "image/svg+xml";
    private static final String ROBOTS = "User-agent: *\nDisallow: /\n";
    private static final String INVITATIONS = "/i/";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern CHOICE = Pattern.compile("(?:.*&)?lang=([a-z]{2})(?:&.*)?");

    private final AccountOffers offers;
    private final Invitations invitations;
    private final Admissions admissions;
    private final SiteConfiguration site;
    private final Optional<OperatorFolder> folder;
    private final Pages pages;
    private final Map<Language, PageText> texts = PageText.all();
    private final Answer qrSvg;
    private final Answer qrPng;
    private final Answer style;
    private final Answer icon;
    private final Answer robots;

    /** @param folder the operator's own files */
    public PageRoutes(
            AccountOffers offers,
            Invitations invitations,
            Admissions admissions,
            SiteConfiguration site,
            Optional<Path> folder) {
        this.offers = offers;
        this.invitations = invitations;
        this.admissions = admissions;
        this.site = site;
        this.folder = folder.map(OperatorFolder::new);
        this.pages = new Pages(site);
        QrCode code = QrCode.of(site.accountLink(Optional.empty()));
        this.qrSvg = picture(SVG, Answer.bytes(code.svg(site.domain())));
        this.qrPng = picture("image/png", code.png());
        this.style = picture("text/css;charset=utf-8", Answer.bytes(PageResources.text("style.css")));
        this.icon = picture(SVG, Answer.bytes(PageResources.text("icon.svg")));
        this.robots = picture("text/plain;charset=utf-8", Answer.bytes(ROBOTS));
    }

    @Override
    public void define(RouteTable table) {
        table.get("/", this::index);
        table.get("/info", request -> page(request, pages.info(visit(request))));
        table.get("/privacy", request -> page(request, pages.privacy(visit(request))));
        table.get("/status", request -> page(request, pages.status(visit(request), admissions.now())));
        table.getUnder(INVITATIONS, this::invitation);
        table.get("/qr.svg", request -> qrSvg);
        table.get("/qr.png", request -> qrPng);
        table.get("/style.css", request -> own(request).orElse(style));
        table.get("/icon.svg", request -> own(request).orElse(icon));
        table.get("/robots.txt", request -> own(request).orElse(robots));
        table.otherwise(this::own, this::notFound);
    }

    private Answer index(HttpServletRequest request) throws IOException {
        Optional<String> token = AccountRoutes.token(request);
        if (token.isPresent()) {
            return Answer.redirect(302, INVITATIONS + token.get()).neverStored();
        }
        Optional<Answer> own = own(request);
        if (own.isPresent()) {
            return own.get();
        }
        Visit visit = visit(request);
        Admission admission = admissions.now();
        if (!site.selfSigned()) {
            return forLanguage(pages.index(visit, admission), visit);
        }
        return forLanguage(
                admission == Admission.OPEN
                        ? pages.personal(visit, offers.offer(AccountRoutes.client(request), Optional.empty()))
                        : pages.unavailable(visit, admission),
                visit);
    }

    private Answer invitation(HttpServletRequest request) throws IOException {
        Visit visit = visit(request);
        String token = request.getPathInfo().substring(INVITATIONS.length());
        if (!TOKEN.matcher(token).matches()) {
            return notFound(request);
        }
        if (!invitations.isUsable(token)) {
            return forLanguage(pages.invitationGone(visit), visit);
        }
        return forLanguage(
                site.selfSigned()
                        ? pages.personal(visit, offers.offer(AccountRoutes.client(request), Optional.of(token)))
                        : pages.invitation(visit, token),
                visit);
    }

    /** In words for people, in one line for programs. */
    private Answer notFound(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        if (accepted == null || !accepted.toLowerCase(Locale.ROOT).contains("text/html")) {
            return Answer.text(404, "Not found\n");
        }
        // Its links lead to the index: the path asked for isn't repeated.
        Visit visit = visit(request, "/");
        return forLanguage(pages.notFound(visit), visit);
    }

    private Answer page(HttpServletRequest request, Answer builtIn) {
        return own(request).orElseGet(() -> forLanguage(builtIn, visit(request)));
    }

    private Optional<Answer> own(HttpServletRequest request) {
        return folder.flatMap(files -> files.find(request.getPathInfo(), language(request)))
                .map(answer ->
                        answer.status() == 200 ? answer.cachedFor(PAGE_KEPT).tagged() : answer);
    }

    private static Answer forLanguage(Answer page, Visit visit) {
        Answer told =
                page.with("Content-Language", visit.text().language().tag()).with("Vary", "Accept-Language");
        return told.isStorable() ? told.cachedFor(PAGE_KEPT) : told;
    }

    private static Answer picture(String type, byte[] content) {
        return Answer.of(200, type, content).cachedFor(PICTURE_KEPT).tagged();
    }

    private Visit visit(HttpServletRequest request) {
        return visit(request, request.getPathInfo());
    }

    private Visit visit(HttpServletRequest request, String path) {
        PageText text = texts.get(language(request));
        if (text == null) {
            throw new IllegalStateException("every language has its texts");
        }
        return new Visit(text, chosen(request).isPresent(), path);
    }

    private static Language language(HttpServletRequest request) {
        return chosen(request)
                .or(() -> Optional.ofNullable(request.getHeader("Accept-Language"))
                        .flatMap(AcceptedLanguages::best))
                .orElse(Language.ENGLISH);
    }

    private static Optional<Language> chosen(HttpServletRequest request) {
        return Optional.ofNullable(request.getQueryString())
                .map(CHOICE::matcher)
                .filter(Matcher::matches)
                .flatMap(match -> Language.of(match.group(1)));
    }
}
