package org.jameschatmail.core.commandline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.configuration.Setting;

/**
 * The options of {@code run} and of what else reads the configuration.
 *
 * @param data {@code --data}
 * @param configurationFile {@code --config}
 * @param settings {@code --set}, {@code --domain} and {@code --port-offset}, in their order
 */
public record ServerOptions(Optional<Path> data, Optional<Path> configurationFile, List<Setting> settings) {
    public static final ServerOptions NONE = new ServerOptions(Optional.empty(), Optional.empty(), List.of());

    public ServerOptions {
        settings = List.copyOf(settings);
    }
}
