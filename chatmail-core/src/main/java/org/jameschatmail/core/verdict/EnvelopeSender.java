package org.jameschatmail.core.verdict;

/** What becomes of the envelope sender of an accepted message. */
public enum EnvelopeSender {
    /** It stays as it came. */
    KEPT,
    /** It is replaced by the null sender: From names somebody else, who must not get a bounce. */
    NULLED
}
