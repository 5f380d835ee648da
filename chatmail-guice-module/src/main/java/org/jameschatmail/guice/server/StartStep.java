package org.jameschatmail.guice.server;

/** The steps of a start, in their order, for whoever watches it. */
public enum StartStep {
    CHECKS,
    DATABASE,
    MAIL_SERVER,
    WEB_SERVER
}
