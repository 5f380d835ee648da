/**
 * Which header fields leave a message on its way out and into a mailbox.
 */
@NullMarked
package org.jameschatmail.core.header;

import org.jspecify.annotations.NullMarked;
