package org.jameschatmail.core.configuration;

/** What incoming mail must show. */
public enum DkimMode {
    /** A valid signature of the From domain. */
    REQUIRE,
    /** Nothing; for tests and relays known by address alone. */
    OFF
}
