package org.jameschatmail.web.page;

/**
 * A page that says one thing, such as that there is none. Immutable.
 *
 * @param key the texts are {@code KEY.title} and {@code KEY.more}
 */
public record MessagePage(Visit visit, String domain, String key) {}
