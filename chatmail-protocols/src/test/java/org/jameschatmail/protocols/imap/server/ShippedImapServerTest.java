package org.jameschatmail.protocols.imap.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.XMLConfiguration;
import org.apache.commons.configuration2.interpol.Lookup;
import org.apache.commons.configuration2.io.FileHandler;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.imapserver.netty.IMAPServer;
import org.apache.james.protocols.lib.SslConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The imapserver.xml that is shipped, read as James reads it. */
class ShippedImapServerTest {
    private static final Path FILE = Path.of("..", "conf", "imapserver.xml");
    private static final Map<String, String> VALUES = Map.of(
            "hostname", "chat.example.org",
            "bind.imap", "127.0.0.1:0",
            "bind.imaps", "127.0.0.1:0,127.0.0.2:0",
            "tls.private-key", "file:///key.pem",
            "tls.certificate", "file:///chain.pem",
            "imap.connections.max", "20000",
            "imap.connections.per-network", "200",
            "message.size.max", "31457280");

    private final XMLConfiguration configuration = new XMLConfiguration();

    @BeforeEach
    void read() throws Exception {
        Lookup lookup = VALUES::get;
        configuration.getInterpolator().registerLookup("chatmail", lookup);
        new FileHandler(configuration).load(FILE.toFile());
    }

    @Test
    void fileShouldNameOurPackage() throws Exception {
        Path sources = Path.of("..", "chatmail-guice-module", "src", "main", "java");

        assertThat(configuration.getStringArray("imapPackages"))
                .hasSize(1)
                .allSatisfy(name -> assertThat(sources.resolve(name.replace('.', '/') + ".java"))
                        .exists());
    }

    @Test
    void fileShouldLeaveNoValueOpen() throws Exception {
        assertThat(Files.readString(FILE).split("\\$\\{chatmail:")).hasSizeGreaterThan(VALUES.size());
        configuration
                .getKeys()
                .forEachRemaining(key -> assertThat(configuration.getList(String.class, key))
                        .as(key)
                        .noneMatch(value -> value.contains("${")));
    }

    @Test
    void listenersShouldConfigure() throws Exception {
        List<HierarchicalConfiguration<ImmutableNode>> listeners = configuration.configurationsAt("imapserver");
        assertThat(listeners).hasSize(2);
        for (HierarchicalConfiguration<ImmutableNode> listener : listeners) {
            assertThat(IMAPServer.AuthenticationConfiguration.parse(listener).isSSLRequired())
                    .isTrue();
            assertThat(SslConfig.parse(listener).getCertificates()).isEqualTo("file:///chain.pem");
            assertThat(SslConfig.parse(listener).getEnabledProtocols()).containsExactly("TLSv1.3");
            ChatmailImapServer server = ImapListener.configured(listener);
            assertThat(server.getHelloName()).isEqualTo("chat.example.org");
            assertThat(server.getMaximumConcurrentConnections()).isEqualTo(20_000);
        }
        assertThat(SslConfig.parse(listeners.get(0)).useStartTLS()).isTrue();
        assertThat(SslConfig.parse(listeners.get(1)).useSSL()).isTrue();
    }

    @Test
    void listenersShouldDifferInPortAndTlsAlone() {
        Map<String, Object> plain = values("imapserver(0)");
        Map<String, Object> secure = values("imapserver(1)");

        assertThat(plain.keySet()).isEqualTo(secure.keySet());
        plain.keySet().removeAll(List.of("jmxName", "bind", "tls[@socketTLS]", "tls[@startTLS]"));
        plain.forEach((key, value) -> assertThat(secure.get(key)).as(key).isEqualTo(value));
    }

    private Map<String, Object> values(String listener) {
        HierarchicalConfiguration<ImmutableNode> values = configuration.configurationAt(listener);
        Map<String, Object> byKey = new TreeMap<>();
        values.getKeys().forEachRemaining(key -> byKey.put(key, values.getList(key)));
        return byKey;
    }
}
