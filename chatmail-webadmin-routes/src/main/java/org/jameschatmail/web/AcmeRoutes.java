package org.jameschatmail.web;

import javax.servlet.http.HttpServletRequest;
import org.jameschatmail.core.acme.PendingChallenges;

/**
 * On cleartext HTTP: the files by which a certificate authority sees that the names are ours, there only while an order
 * is under way.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8555#section-8.3">RFC 8555, section 8.3</a>
 */
public record AcmeRoutes(PendingChallenges challenges) implements WebRoutes {
    private static final String FOLDER = "/.well-known/acme-challenge/";

    @Override
    public void define(RouteTable table) {
        table.getUnder(FOLDER, this::file);
    }

    private Answer file(HttpServletRequest request) {
        String path = request.getRequestURI();
        return challenges
                .file(path.substring(path.lastIndexOf('/') + 1))
                .map(content -> Answer.of(200, "application/octet-stream", content))
                .orElseGet(() -> Answer.text(404, "Not found\n"))
                .neverStored();
    }
}
