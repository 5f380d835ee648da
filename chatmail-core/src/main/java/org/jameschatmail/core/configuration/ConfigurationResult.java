package org.jameschatmail.core.configuration;

import java.util.ArrayList;
import java.util.List;

/** What came of reading the configuration: all of it, or all that is wrong with it. */
public sealed interface ConfigurationResult {

    /** This result, unless there are other faults to tell, such as those of the command line: then all of them. */
    default ConfigurationResult withFaults(List<Fault> others) {
        List<Fault> all = new ArrayList<>(others);
        if (this instanceof Faulty) {
            all.addAll(((Faulty) this).faults());
        }
        return all.isEmpty() ? this : new Faulty(all);
    }

    /**
     * Nothing is wrong.
     *
     * @param configuration the values, by concern
     * @param settings the values by key, with where each came from
     */
    record Loaded(ChatmailConfiguration configuration, Settings settings) implements ConfigurationResult {}

    /** The server must not start. There is at least one fault, in the order of the layers. */
    record Faulty(List<Fault> faults) implements ConfigurationResult {
        public Faulty {
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("A faulty configuration has faults");
            }
            faults = List.copyOf(faults);
        }
    }
}
