package org.jameschatmail.guice.configuration;

import java.nio.file.Path;
import org.apache.james.filesystem.api.JamesDirectoriesProvider;

/**
 * Where the server lives: what was installed, and what is kept. The installation may be read-only.
 *
 * @param home the folder that holds {@code conf/} and {@code lib/}
 * @param conf the folder of the configuration files
 * @param data the data directory: everything that must be kept
 */
public record ServerDirectories(Path home, Path conf, Path data) {

    JamesDirectoriesProvider forJames() {
        return new JamesDirectoriesProvider() {
            @Override
            public String getAbsoluteDirectory() {
                return "/";
            }

            @Override
            public String getConfDirectory() {
                return conf + "/";
            }

            @Override
            public String getVarDirectory() {
                return data + "/";
            }

            @Override
            public String getRootDirectory() {
                return data.toString();
            }
        };
    }
}
