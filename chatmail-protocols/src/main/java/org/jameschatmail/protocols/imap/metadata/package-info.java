/**
 * METADATA: what the server tells its users (contact, relays, limits), what a user stores with a mailbox, and the
 * device tokens of push notifications. Own parsers, processors and stores: James 3.8.1 answers NO for the mailbox
 * {@code ""}, BAD to the option order of RFC 5464, and keeps 255 characters at most.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5464">RFC 5464</a>
 */
@NullMarked
package org.jameschatmail.protocols.imap.metadata;

import org.jspecify.annotations.NullMarked;
