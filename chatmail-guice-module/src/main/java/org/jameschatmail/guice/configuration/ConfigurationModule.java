package org.jameschatmail.guice.configuration;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.server.core.configuration.Configuration;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.utils.PropertiesProvider;

/** Overrides James' configuration providers by those that know <code>${chatmail:…}</code>. */
public final class ConfigurationModule extends AbstractModule {
    private final ServerDirectories directories;
    private final JamesValues values;

    public ConfigurationModule(ServerDirectories directories, JamesValues values) {
        this.directories = directories;
        this.values = values;
    }

    /** What James' own start needs to know of the folders. */
    public static Configuration forJames(ServerDirectories directories) {
        return new Configuration.Basic(
                new Configuration.ConfigurationPath(FileSystem.FILE_PROTOCOL_AND_CONF), directories.forJames());
    }

    @Override
    protected void configure() {
        bind(ConfigurationProvider.class).toInstance(new JamesConfigurationProvider(directories.conf(), values));
        bind(ServerDirectories.class).toInstance(directories);
    }

    @Provides
    @Singleton
    PropertiesProvider propertiesProvider(FileSystem fileSystem, Configuration.ConfigurationPath path) {
        return new InterpolatingPropertiesProvider(fileSystem, path, directories.conf(), values);
    }
}
