package org.jameschatmail.guice.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.interpol.ConfigurationInterpolator;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.configuration.ConfigurationProvider;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.util.LoggingLevel;

/**
 * James' XML files of one folder, with <code>${chatmail:NAME}</code> replaced by {@link JamesValues}. A missing file
 * is an empty configuration, as in James; a name that doesn't exist stops the start. Thread-safe.
 */
public final class JamesConfigurationProvider implements ConfigurationProvider {
    private final Path folder;
    private final JamesValues values;

    public JamesConfigurationProvider(Path folder, JamesValues values) {
        this.folder = folder;
        this.values = values;
    }

    @Override
    public HierarchicalConfiguration<ImmutableNode> getConfiguration(String component, LoggingLevel onMissing)
            throws ConfigurationException {
        List<String> path = List.of(component.split("\\."));
        Path file = folder.resolve(path.get(0) + ".xml");
        if (!Files.exists(file)) {
            return new BaseHierarchicalConfiguration();
        }
        HierarchicalConfiguration<ImmutableNode> configuration = read(file);
        for (String part : path.subList(1, path.size())) {
            configuration = configuration.configurationAt(part);
        }
        return configuration;
    }

    private XMLConfiguration read(Path file) throws ConfigurationException {
        try (InputStream content = Files.newInputStream(file)) {
            XMLConfiguration configuration = FileConfigurationProvider.getConfig(content);
            ConfigurationInterpolator interpolator = configuration.getInterpolator();
            interpolator.registerLookup(JamesValues.PREFIX, name -> values.get(name, file));
            return configuration;
        } catch (IOException | ConfigurationException e) {
            throw new ConfigurationException(file + " can't be read: " + e.getMessage(), e);
        }
    }
}
