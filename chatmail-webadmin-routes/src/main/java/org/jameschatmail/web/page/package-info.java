/**
 * The pages for people: what they show ({@code src/main/jte}), what they say in each {@link
 * org.jameschatmail.web.page.Language} (a file of sentences each), and the operator's own files, which go before them.
 * {@link org.jameschatmail.web.page.PageRoutes} is the way in. Templates are compiled with the classes: nothing is
 * parsed or searched for at the start, and what is filled in is escaped for its place.
 */
@NullMarked
package org.jameschatmail.web.page;

import org.jspecify.annotations.NullMarked;
