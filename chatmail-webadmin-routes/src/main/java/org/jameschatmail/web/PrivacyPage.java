package org.jameschatmail.web;

import java.util.Optional;

/** What is stored, for how long, and who answers for it. */
final class PrivacyPage {
    private final SiteConfiguration site;
    private final WebText text;

    PrivacyPage(SiteConfiguration site, WebText text) {
        this.site = site;
        this.text = text;
    }

    Answer render(HtmlLayout layout) {
        SiteLimits limits = site.limits();
        String main = "<ul>\n"
                + item("privacy.none")
                + item("privacy.content")
                + item("privacy.stored", InfoPage.duration(text, limits.messageRetention()))
                + item("privacy.deleted", InfoPage.duration(text, limits.accountRetention()))
                + item("privacy.logs")
                + item("privacy.others")
                + "</ul>\n<h2>" + text.html("privacy.contact") + "</h2>\n"
                + contacts();
        return layout.page(text.plain("privacy.title", site.domain()), main);
    }

    private String contacts() {
        PrivacyContacts given = site.contacts();
        String mail = given.mail()
                .map(address -> "<dt>%1$s</dt><dd><a href=\"mailto:%2$s\">%2$s</a></dd>\n"
                        .formatted(text.html("privacy.contact.mail"), Html.escape(address)))
                .orElse("");
        String entries = mail
                + contact("privacy.contact.postal", given.postal())
                + contact("privacy.contact.pdo", given.pdo())
                + contact("privacy.contact.supervisor", given.supervisor());
        return entries.isEmpty() ? "<p>" + text.html("privacy.contact.none") + "</p>" : "<dl>\n" + entries + "</dl>";
    }

    private String contact(String key, Optional<String> value) {
        return value.map(lines ->
                        "<dt>%s</dt><dd class=\"lines\">%s</dd>\n".formatted(text.html(key), Html.escape(lines)))
                .orElse("");
    }

    private String item(String key, Object... values) {
        return "<li>" + text.html(key, values) + "</li>\n";
    }
}
