package org.jameschatmail.guice.configuration;

import java.io.FileNotFoundException;
import java.nio.file.Path;
import org.apache.commons.configuration2.Configuration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.Configuration.ConfigurationPath;
import org.apache.james.utils.PropertiesProvider;

/** James' properties files, with the same <code>${chatmail:NAME}</code> places as its XML files. */
final class InterpolatingPropertiesProvider extends PropertiesProvider {
    private final Path folder;
    private final JamesValues values;

    InterpolatingPropertiesProvider(FileSystem fileSystem, ConfigurationPath path, Path folder, JamesValues values) {
        super(fileSystem, path);
        this.folder = folder;
        this.values = values;
    }

    @Override
    public Configuration getConfiguration(String fileName) throws FileNotFoundException, ConfigurationException {
        return interpolating(super.getConfiguration(fileName), fileName);
    }

    @Override
    public Configuration getConfigurations(String... fileNames) throws FileNotFoundException, ConfigurationException {
        return interpolating(super.getConfigurations(fileNames), fileNames[0]);
    }

    private Configuration interpolating(Configuration configuration, String fileName) {
        Path file = folder.resolve(fileName + ".properties");
        configuration.getInterpolator().registerLookup(JamesValues.PREFIX, name -> values.get(name, file));
        return configuration;
    }
}
