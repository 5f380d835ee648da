package org.jameschatmail.guice.configuration;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What <code>${chatmail:NAME}</code> stands for in James' configuration files.
 *
 * @param byName every name that the files may use
 */
public record JamesValues(Map<String, String> byName) {
    /** What stands before the colon. */
    public static final String PREFIX = "chatmail";

    public JamesValues {
        byName = Map.copyOf(byName);
    }

    /**
     * @param file where the name is used
     * @throws UnknownNameException for a name that doesn't exist
     */
    String get(String name, Path file) {
        String value = byName.get(name);
        if (value == null) {
            throw new UnknownNameException("%s: there is no ${%s:%s}; there are %s"
                    .formatted(file, PREFIX, name, String.join(", ", new TreeMap<>(byName).keySet())));
        }
        return value;
    }

    /** A configuration file uses a name that doesn't exist; the message is for the operator. */
    public static final class UnknownNameException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownNameException(String message) {
            super(message);
        }
    }
}
