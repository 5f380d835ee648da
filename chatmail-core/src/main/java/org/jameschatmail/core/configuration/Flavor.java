package org.jameschatmail.core.configuration;

/** Where the server is started from; the defaults of a few keys depend on it. */
public enum Flavor {
    /** A source tree: loopback alone, unprivileged ports, a domain that needs no DNS. */
    CHECKOUT,
    /** The unpacked zip: every address, the well-known ports, and a domain that the operator must name. */
    DISTRIBUTION
}
