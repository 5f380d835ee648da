package org.jameschatmail.guice.server;

import java.util.Objects;

/** The server can't start, for a reason that the operator can mend. The message is a sentence for the terminal. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }

    /** For a cause whose message is a sentence for the terminal already. */
    static StartException of(Exception cause) {
        return new StartException(Objects.requireNonNullElseGet(cause.getMessage(), cause::toString), cause);
    }
}
