package org.jameschatmail.core.configuration;

import java.nio.file.Path;

/** Where a setting stands. The layers, each stronger than those before it: default, file, environment, command line. */
public sealed interface Origin {
    /** The place as a person finds it again. */
    String describe();

    /** The built-in default of a flavor. */
    record BuiltIn(Flavor flavor) implements Origin {
        @Override
        public String describe() {
            return "not set";
        }
    }

    /**
     * A line of the configuration file.
     *
     * @param line counted from 1; 0 is the file as a whole
     */
    record FileLine(Path file, int line) implements Origin {
        @Override
        public String describe() {
            return line == 0 ? file.toString() : file + ":" + line;
        }
    }

    /** An environment variable. */
    record EnvironmentVariable(String variable) implements Origin {
        @Override
        public String describe() {
            return "environment variable " + variable;
        }
    }

    /** An option of the command line, such as {@code --set} or {@code --domain}. */
    record CommandLineOption(String option) implements Origin {
        @Override
        public String describe() {
            return option;
        }
    }
}
