package org.jameschatmail.integration.deltachat;

/** The core answered with an error, did not answer, or something awaited did not happen. */
public final class DeltaChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DeltaChatException(String message) {
        super(message);
    }
}
