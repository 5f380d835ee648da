package org.jameschatmail.web;

import java.time.Duration;

/** What fits through this server, and where its services listen. */
final class InfoPage {
    private static final long MEBIBYTE = 1_048_576;
    private static final long MEGABYTE = 1_000_000;

    private final SiteConfiguration site;
    private final WebText text;

    InfoPage(SiteConfiguration site, WebText text) {
        this.site = site;
        this.text = text;
    }

    Answer render(HtmlLayout layout) {
        SiteLimits limits = site.limits();
        String main = "<p>" + text.html("info.encrypted") + "</p>\n<h2>" + text.html("info.limits") + "</h2>\n<dl>\n"
                + entry("info.limit.message", bytes(limits.messageBytes()))
                + entry("info.limit.quota", bytes(limits.quotaBytes()))
                + entry("info.limit.messages", duration(text, limits.messageRetention()))
                + entry("info.limit.accounts", duration(text, limits.accountRetention()))
                + "</dl>\n<h2>" + text.html("info.servers") + "</h2>\n<p>" + text.html("info.servers.intro") + "</p>\n"
                + servers();
        return layout.page(text.plain("info.title", site.domain()), main);
    }

    /** Whole days, or hours below one day. */
    static String duration(WebText text, Duration duration) {
        return duration.toDays() > 0
                ? text.plain("unit.days", duration.toDays())
                : text.plain("unit.hours", duration.toHours());
    }

    /** Whole MiB where the number is round in them, otherwise MB rounded down. */
    static String bytes(long bytes) {
        return bytes % MEBIBYTE == 0 ? bytes / MEBIBYTE + " MiB" : bytes / MEGABYTE + " MB";
    }

    private String servers() {
        ServicePorts ports = site.ports();
        return "<table>\n<thead><tr>"
                + heading("info.server.name")
                + heading("info.server.host")
                + heading("info.server.port")
                + heading("info.server.security")
                + "</tr></thead>\n<tbody>\n"
                + row("IMAP", ports.imaps(), "TLS")
                + row("IMAP", ports.imap(), "STARTTLS")
                + row("IMAP", ports.https(), "TLS, ALPN")
                + row("SMTP", ports.submissions(), "TLS")
                + row("SMTP", ports.submission(), "STARTTLS")
                + row("SMTP", ports.https(), "TLS, ALPN")
                + "</tbody>\n</table>";
    }

    private String heading(String key) {
        return "<th scope=\"col\">" + text.html(key) + "</th>";
    }

    private String row(String service, int port, String security) {
        return "<tr><td>%s</td><td>%s</td><td>%d</td><td>%s</td></tr>\n"
                .formatted(service, Html.escape(site.serviceHost()), port, security);
    }

    private String entry(String key, String value) {
        return "<dt>%s</dt><dd>%s</dd>\n".formatted(text.html(key), Html.escape(value));
    }
}
