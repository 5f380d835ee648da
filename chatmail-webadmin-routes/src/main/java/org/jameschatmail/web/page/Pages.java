package org.jameschatmail.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jameschatmail.web.Admission;
import org.jameschatmail.web.Answer;
import org.jameschatmail.web.Offer;
import org.jameschatmail.web.QrCode;
import org.jameschatmail.web.SiteConfiguration;

/**
 * Renders the pages. What is the same for everybody is made once for each language and kept: a hundred of them at most.
 * Thread-safe.
 */
final class Pages {
    /** Nothing runs, and nothing is loaded from elsewhere. */
    static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none';"
            + " form-action 'none'; frame-ancestors 'none'";

    private static final String SELF_SIGNED = "index.self-signed";

    private record Kept(String template, Language language, boolean chosen, Admission admission) {}

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Map<Kept, Answer> kept = new ConcurrentHashMap<>();
    private final SiteConfiguration site;

    Pages(SiteConfiguration site) {
        this.site = site;
    }

    /** The index page with the fixed link, or with why there is none. */
    Answer index(Visit visit, Admission admission) {
        return kept("index.jte", visit, admission, () -> {
            Optional<String> notice = noticeOf(admission);
            return notice.isPresent() ? without(visit, notice.get()) : with(visit, fixedLink(), "", Optional.empty());
        });
    }

    /** The index page for somebody who gets no account from us now, never kept. */
    Answer unavailable(Visit visit, Admission admission) {
        return rendered("index.jte", without(visit, noticeOf(admission).orElse("")))
                .neverStored();
    }

    /** The index page for the holder of an invitation. */
    Answer invitation(Visit visit, String token) {
        String link = site.accountLink(Optional.of(token));
        return rendered("index.jte", with(visit, link, "index.invited", Optional.of(picture(visit, link))))
                .neverStored();
    }

    /** The index page with what was offered to this visitor alone. */
    Answer personal(Visit visit, Offer offer) {
        if (offer instanceof Offer.Refused refused) {
            Answer page = rendered("index.jte", without(visit, "index.refused." + refused.status()))
                    .withStatus(refused.status())
                    .neverStored();
            return refused.retryAfter().map(page::retriedAfter).orElse(page);
        }
        String link = ((Offer.Offered) offer).dcloginUrl().orElseGet(this::fixedLink);
        return rendered("index.jte", with(visit, link, SELF_SIGNED, Optional.of(picture(visit, link))))
                .neverStored();
    }

    Answer info(Visit visit) {
        return kept("info.jte", visit, Admission.OPEN, () -> new InfoPage(visit, site));
    }

    Answer privacy(Visit visit) {
        return kept("privacy.jte", visit, Admission.OPEN, () -> new PrivacyPage(visit, site));
    }

    Answer status(Visit visit, Admission admission) {
        return kept("status.jte", visit, admission, () -> new StatusPage(visit, site, admission));
    }

    /** There is no such page. */
    Answer notFound(Visit visit) {
        return message(visit, "message.not-found").withStatus(404);
    }

    /** The invitation can't be used, be it that it never could. */
    Answer invitationGone(Visit visit) {
        return message(visit, "message.invitation").withStatus(410);
    }

    private Answer message(Visit visit, String key) {
        return rendered("message.jte", new MessagePage(visit, site.domain(), key))
                .neverStored();
    }

    private Answer kept(String template, Visit visit, Admission admission, Supplier<Object> page) {
        Kept key = new Kept(template, visit.text().language(), visit.chosen(), admission);
        return kept.computeIfAbsent(
                key, missing -> rendered(template, page.get()).tagged());
    }

    private Answer rendered(String template, Object page) {
        StringOutput output = new StringOutput();
        templates.render(template, page, output);
        return Answer.html(output.toString()).with("Content-Security-Policy", POLICY);
    }

    private IndexPage without(Visit visit, String notice) {
        return with(visit, "", notice, Optional.empty());
    }

    private IndexPage with(Visit visit, String link, String notice, Optional<String> picture) {
        return new IndexPage(visit, site.domain(), site.limits().messageRetention(), notice, link, picture.orElse(""));
    }

    private String fixedLink() {
        return site.accountLink(Optional.empty());
    }

    private String picture(Visit visit, String link) {
        return QrCode.of(link).svg(visit.text().of("index.qr", site.domain())).strip();
    }

    private static Optional<String> noticeOf(Admission admission) {
        return switch (admission) {
            case OPEN -> Optional.empty();
            case BY_INVITATION -> Optional.of("index.by-invitation");
            case CLOSED -> Optional.of("index.closed");
            case PAUSED -> Optional.of("index.paused");
        };
    }
}
