package org.jameschatmail.protocols.imap.frame;

/**
 * A command that is answered without being carried out, because it is too large.
 *
 * @param reply the tagged reply, without its line end; holds nothing of the client's but the tag
 * @param hangUp whether the rest of what the client sends can't be understood, so that the connection ends
 */
public record RefusedCommand(String reply, boolean hangUp) {}
