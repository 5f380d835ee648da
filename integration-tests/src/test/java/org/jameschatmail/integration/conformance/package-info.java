/** James' own IMAP scripts, run against the distribution. */
@NullMarked
package org.jameschatmail.integration.conformance;

import org.jspecify.annotations.NullMarked;
