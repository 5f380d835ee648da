package org.jameschatmail.guice.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.server.core.filesystem.FileSystemImpl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JamesConfigurationProviderTest {
    private static final JamesValues VALUES = new JamesValues(Map.of("hostname", "mx.chat.example", "port", "25, 26"));

    @TempDir
    Path folder;

    private JamesConfigurationProvider provider;

    @BeforeEach
    void create() {
        provider = new JamesConfigurationProvider(folder, VALUES);
    }

    private HierarchicalConfiguration<ImmutableNode> read(String component, String xml) throws Exception {
        Files.writeString(folder.resolve("server.xml"), xml);
        return provider.getConfiguration(component);
    }

    @Test
    void valuesShouldBeFilledInWhenTheyStandInElementsAndAttributes() throws Exception {
        HierarchicalConfiguration<ImmutableNode> servers = read("server", """
                <servers>
                    <server name="${chatmail:hostname}"><bind>0.0.0.0:${chatmail:port}</bind></server>
                    <server name="second"><tls><key>of ${chatmail:hostname}</key></tls></server>
                </servers>
                """);

        assertThat(servers.getString("server(0)[@name]")).isEqualTo("mx.chat.example");
        assertThat(servers.getString("server(0).bind")).isEqualTo("0.0.0.0:25, 26");
        assertThat(servers.configurationsAt("server").get(1).getString("tls.key"))
                .isEqualTo("of mx.chat.example");
        assertThat(servers.configurationAt("server(1).tls").getString("key")).isEqualTo("of mx.chat.example");
    }

    @Test
    void valuesShouldBeFilledInWhenAPartOfTheFileIsAskedFor() throws Exception {
        HierarchicalConfiguration<ImmutableNode> tls = read("server.inner.tls", """
                <server><inner><tls><key>${chatmail:hostname}</key></tls></inner></server>
                """);

        assertThat(tls.getString("key")).isEqualTo("mx.chat.example");
    }

    @Test
    void unknownNameShouldStopWithTheNamesThereAre() throws Exception {
        HierarchicalConfiguration<ImmutableNode> server =
                read("server", "<server><bind>${chatmail:hostnam}</bind></server>");

        assertThatThrownBy(() -> server.getString("bind"))
                .isInstanceOf(JamesValues.UnknownNameException.class)
                .hasMessageContaining(folder.resolve("server.xml").toString())
                .hasMessageContaining("${chatmail:hostnam}")
                .hasMessageContaining("hostname, port");
    }

    @Test
    void configurationShouldBeEmptyWhenThereIsNoFile() throws Exception {
        assertThat(provider.getConfiguration("nothing").isEmpty()).isTrue();
    }

    @Test
    void faultShouldNameTheFileWhenItIsNoXml() {
        assertThatThrownBy(() -> read("server", "<server>"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(folder.resolve("server.xml").toString());
    }

    @Test
    void valuesShouldBeFilledInWhenTheFileIsOfProperties() throws Exception {
        Files.writeString(folder.resolve("web.properties"), "name=${chatmail:hostname}\nbad=${chatmail:hostnam}\n");
        ServerDirectories directories = new ServerDirectories(folder, folder, folder);
        InterpolatingPropertiesProvider properties = new InterpolatingPropertiesProvider(
                new FileSystemImpl(directories.forJames()),
                ConfigurationModule.forJames(directories).configurationPath(),
                folder,
                VALUES);

        assertThat(properties.getConfiguration("web").getString("name")).isEqualTo("mx.chat.example");
        assertThat(properties.getConfigurations("web", "other").getString("name"))
                .isEqualTo("mx.chat.example");
        assertThatThrownBy(() -> properties.getConfiguration("web").getString("bad"))
                .isInstanceOf(JamesValues.UnknownNameException.class);
    }
}
