package org.jameschatmail.guice.server;

/** The steps of a start, in their order, for whoever watches it. */
public enum StartStep {
    CHECKS("checking ports and certificate"),
    DATABASE("opening the database"),
    MAIL_SERVER("starting the mail server"),
    WEB_SERVER("starting the web server");

    private final String text;

    StartStep(String text) {
        this.text = text;
    }

    /** What happens, in a few words. */
    public String text() {
        return text;
    }
}
