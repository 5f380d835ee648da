/**
 * One IMAP connection: its session, its replies, and its commands, which are carried out one after the other on threads
 * that aren't the network's.
 */
@NullMarked
package org.jameschatmail.protocols.imap.connection;

import org.jspecify.annotations.NullMarked;
