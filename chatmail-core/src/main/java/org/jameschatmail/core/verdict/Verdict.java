package org.jameschatmail.core.verdict;

/**
 * The outcome of judging a message. Immutable; switch over its two cases without a {@code default}.
 */
public sealed interface Verdict permits Accepted, Rejected {}
