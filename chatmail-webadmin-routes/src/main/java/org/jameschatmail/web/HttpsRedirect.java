package org.jameschatmail.web;

import java.util.List;
import java.util.Locale;
import javax.servlet.http.HttpServletRequest;

/**
 * Sends cleartext {@code GET} and {@code HEAD} to the same path on HTTPS with 308, other methods away with 405. A Host
 * that is none of ours is replaced with the domain, so that nobody is sent elsewhere. Thread-safe.
 */
final class HttpsRedirect {
    private static final String ALLOW = "GET, HEAD, OPTIONS";

    private final SiteConfiguration site;
    private final List<String> hosts;

    HttpsRedirect(SiteConfiguration site) {
        this.site = site;
        this.hosts = site.hosts();
    }

    Answer answer(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD" -> Answer.redirect(308, location(request));
            case "OPTIONS" -> Answer.noContent().with("Allow", ALLOW);
            default -> RouteTable.notAllowed(ALLOW);
        };
    }

    private String location(HttpServletRequest request) {
        String asked =
                request.getServerName() == null ? "" : request.getServerName().toLowerCase(Locale.ROOT);
        String host = hosts.contains(asked) ? asked : site.urlHost();
        // The raw path, still percent-encoded: it has neither blanks nor line ends.
        String path =
                request.getRequestURI() == null || !request.getRequestURI().startsWith("/")
                        ? "/"
                        : request.getRequestURI();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return "https://" + site.authority(host) + path + query;
    }
}
