package org.jameschatmail.core.mime;

/** How much is forgiven. Neither lets an unencrypted message pass. */
public enum Strictness {
    /** For our own users, whose program is known: nothing readable beside the encrypted part. */
    STRICT,
    /** For other servers' users, whose programs explain themselves in armor headers and around the parts. */
    LENIENT
}
