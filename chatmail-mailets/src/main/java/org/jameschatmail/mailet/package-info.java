/**
 * A chatmail relay's rules as mailets and matchers, on the mailet API alone, for any James 3.8: drop the jar
 * {@code chatmail-mailets-VERSION-with-core.jar} into {@code extensions-jars} and name the classes in full in
 * {@code mailetcontainer.xml}. It needs no other jar.
 *
 * <p>What refuses fails closed: {@link org.jameschatmail.mailet.RefuseCleartext} and the matchers never throw, and
 * where one can't know it gives the answer that refuses. So it doesn't matter to them what {@code onMailetException}
 * and {@code onMatchException} say; for other matchers before a gate it does.
 */
@NullMarked
package org.jameschatmail.mailet;

import org.jspecify.annotations.NullMarked;
