/** The stores of IMAP metadata and device tokens in a database, by plain JDBC. */
@NullMarked
package org.jameschatmail.guice.metadata;

import org.jspecify.annotations.NullMarked;
