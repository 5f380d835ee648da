package org.jameschatmail.benchmarks.load.wire;

import java.io.IOException;

/** The server said something else than the protocol or the scenario expects, or nothing in time. */
public final class WireException extends IOException {
    private static final long serialVersionUID = 1L;

    public WireException(String message) {
        super(message);
    }
}
