package org.jameschatmail.web;

import java.util.Optional;

/**
 * The page that invites: a button for the app on this device, a QR code for the app on another. Immutable.
 *
 * <p>Normally both hold the fixed {@code dcaccount:} link, which makes the app ask for credentials itself. Behind a
 * self-signed certificate the app can't do that, so there both hold a {@code dclogin:} link with fresh credentials.
 */
final class IndexPage {
    private static final String DOWNLOAD = "https://get.delta.chat/";

    private final SiteConfiguration site;
    private final WebText text;
    private final HtmlLayout layout;

    IndexPage(SiteConfiguration site, WebText text, HtmlLayout layout) {
        this.site = site;
        this.text = text;
        this.layout = layout;
    }

    /** With the fixed link; its QR code is loaded from {@code /qr.svg}. */
    Answer fixed() {
        String picture = "<img src=\"/qr.svg\" width=\"256\" height=\"256\" alt=\"%s\">".formatted(qrTitle());
        return page("", site.accountLink(Optional.empty()), picture);
    }

    /** With the link that carries an invite token. */
    Answer invitation(String token) {
        String link = site.accountLink(Optional.of(token));
        return page("", link, picture(link)).neverStored();
    }

    /** With what was offered to this visitor alone. */
    Answer personal(Offer offer) {
        if (offer instanceof Offer.Refused refused) {
            String note = "<p class=\"note\" role=\"alert\">%s: %s</p>"
                    .formatted(text.html("index.refused"), Html.escape(refused.reason()));
            return layout.page(title(), intro() + note + download()).neverStored();
        }
        String link = ((Offer.Offered) offer).dcloginUrl().orElseGet(() -> site.accountLink(Optional.empty()));
        String note = "<p class=\"note\">%s</p>\n".formatted(text.html("index.self-signed"));
        return page(note, link, picture(link)).neverStored();
    }

    private Answer page(String note, String link, String picture) {
        String invitation =
                """
                <p><a class="button" href="%s">%s</a></p>
                <figure>
                %s
                <figcaption>%s</figcaption>
                </figure>
                """.formatted(Html.escape(link), text.html("index.button"), picture, text.html("index.scan"));
        return layout.page(title(), intro() + note + invitation + download());
    }

    private String title() {
        return text.plain("index.title", site.domain());
    }

    private String intro() {
        return "<p>%s</p>\n".formatted(text.html("index.intro", site.domain()));
    }

    private String download() {
        return "<p>%s <a href=\"%s\">%s</a></p>\n"
                .formatted(text.html("index.download.before"), DOWNLOAD, text.html("index.download"));
    }

    private String picture(String link) {
        return QrCode.of(link).svg(text.plain("index.qr", site.domain())).strip();
    }

    private String qrTitle() {
        return text.html("index.qr", site.domain());
    }
}
