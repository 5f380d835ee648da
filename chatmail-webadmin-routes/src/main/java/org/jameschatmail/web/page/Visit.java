package org.jameschatmail.web.page;

import org.jspecify.annotations.Nullable;

/**
 * A look at one page: in which language, and where its links lead. A language that was chosen goes on with each link,
 * so that nothing has to be remembered in the browser. Immutable.
 *
 * @param text   in the language of the page
 * @param chosen whether the language was asked for by {@code ?lang=} rather than by the browser's settings
 * @param path   of the page, without the query
 */
public record Visit(PageText text, boolean chosen, String path) {
    /** How a link to the page at {@code path} is written here. */
    public String to(String path) {
        return chosen ? path + "?lang=" + text.language().tag() : path;
    }

    /** The same page in that language. */
    public String in(Language language) {
        return path + "?lang=" + language.tag();
    }

    /** {@code page} where this is the page at {@code path}; null leaves the attribute out. */
    public @Nullable String currentPage(String path) {
        return path.equals(this.path) ? "page" : null;
    }

    /** {@code true} where this is the language of the page; null leaves the attribute out. */
    public @Nullable String currentLanguage(Language language) {
        return language == text.language() ? "true" : null;
    }
}
