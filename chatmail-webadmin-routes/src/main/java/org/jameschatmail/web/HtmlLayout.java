package org.jameschatmail.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The frame of every page: head, navigation, and the one style sheet inline, which the Content-Security-Policy names
 * by its hash. No script runs and nothing is loaded from elsewhere. Immutable.
 */
final class HtmlLayout {
    private final WebText text;
    private final String style;
    private final String policy;

    HtmlLayout(WebText text) {
        this.text = text;
        this.style = WebText.resource("style.css");
        this.policy = "default-src 'none'; style-src 'sha256-" + sha256(style)
                + "'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /**
     * @param title plain text
     * @param main  markup
     */
    Answer page(String title, String main) {
        String page = """
                <!doctype html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="icon" href="/icon.svg" type="image/svg+xml">
                <style>%s</style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                %s
                </main>
                <footer>
                <nav>
                <ul>
                <li><a href="/">%s</a></li>
                <li><a href="/info">%s</a></li>
                <li><a href="/privacy">%s</a></li>
                </ul>
                </nav>
                </footer>
                </body>
                </html>
                """.formatted(
                        text.html("language"),
                        Html.escape(title),
                        style,
                        Html.escape(title),
                        main.strip(),
                        text.html("nav.home"),
                        text.html("nav.info"),
                        text.html("nav.privacy"));
        return Answer.html(page).with("Content-Security-Policy", policy);
    }

    private static String sha256(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
