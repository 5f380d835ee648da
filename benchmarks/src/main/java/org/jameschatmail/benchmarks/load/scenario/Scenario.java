package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import org.jameschatmail.benchmarks.load.measure.Sample;

/** One way to use a server. Runs on accounts of its own, so that runs don't see one another's mail. */
public interface Scenario {
    /** The word for the command line. */
    String name();

    /**
     * Runs once.
     *
     * @throws IOException when the server refuses something, or ends
     */
    Sample run(Target target) throws IOException, InterruptedException;
}
