package org.jameschatmail.protocols.dkim;

/** What became of one signature of a message. */
enum SignatureOutcome {
    VALID,
    /** Malformed, by an algorithm that doesn't count, or not about From. */
    UNUSABLE,
    /** Of a domain other than that of From. */
    OTHER_DOMAIN,
    /** One too many of the domain. */
    SURPLUS,
    /** Expired, or made in the future. */
    OUT_OF_TIME,
    /** The body is not the one that was signed, or only a part of it was. */
    BODY_DIFFERS,
    /** The header is not the one that was signed, or was by another key. */
    HEADER_DIFFERS,
    KEY_MISSING,
    KEY_UNAVAILABLE
}
