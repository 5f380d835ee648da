/** The public pages in a real browser: Chromium, driven by Selenium. {@code ./chatmail test} installs it. */
@NullMarked
package org.jameschatmail.integration.browser;

import org.jspecify.annotations.NullMarked;
