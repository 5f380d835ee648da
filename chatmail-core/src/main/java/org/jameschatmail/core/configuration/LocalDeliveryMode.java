package org.jameschatmail.core.configuration;

/** The way of a message to the mailboxes of its local recipients. */
public enum LocalDeliveryMode {
    /** It is in the mailboxes before its sender hears that it was accepted. */
    DIRECT,
    /** By way of the spool and of {@code mailetcontainer.xml}. */
    SPOOL
}
