package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.scenario.Target;

/** A server that can be started and compared. */
public interface Peer {
    /** What all accounts have: as long and mixed as those that a QR code hands out, which decides how it is hashed. */
    String PASSWORD = "kT7mQ2xWv9RbL4sJ8nHd3PzC";

    /** As it stands in the report. */
    String name();

    /** The versions of its programs, one a line. */
    List<String> versions() throws IOException;

    /**
     * Starts it on a folder that it has made itself at home in, and returns when it takes connections.
     *
     * @throws IOException with the end of its log, when it doesn't get there
     */
    Running start() throws IOException;

    /** A server that runs. Closing ends it and waits until it is gone. */
    interface Running extends AutoCloseable {
        Target target();

        /** How long it took, each from the start of its first program until it took connections. */
        Map<Metric, Double> starts();

        @Override
        void close() throws IOException;
    }
}
