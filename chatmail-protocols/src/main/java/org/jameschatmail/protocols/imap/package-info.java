/**
 * IMAP as Delta Chat needs it, on the James IMAP API: what the packages below share, namely a reader of command
 * arguments and status replies with response codes that James has no words for.
 */
@NullMarked
package org.jameschatmail.protocols.imap;

import org.jspecify.annotations.NullMarked;
