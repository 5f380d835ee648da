package org.jameschatmail.core.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the configuration is read from, weakest first: the flavor's defaults, a file, the environment, the command
 * line.
 *
 * @param flavor picks the defaults
 * @param file the configuration file
 * @param fileNeeded whether somebody named the file, so that its absence is a fault; otherwise absence is the default
 * @param environment all variables; only those that start with {@code CHATMAIL_} are looked at
 * @param commandLine the settings of the command line, in their order; a later one replaces an earlier one
 */
public record ConfigurationSources(
        Flavor flavor, Path file, boolean fileNeeded, Map<String, String> environment, List<Setting> commandLine) {
    public ConfigurationSources {
        environment = Map.copyOf(environment);
        commandLine = List.copyOf(commandLine);
    }

    @Override
    public String toString() {
        return "ConfigurationSources[flavor=" + flavor + ", file=" + file + "]";
    }
}
