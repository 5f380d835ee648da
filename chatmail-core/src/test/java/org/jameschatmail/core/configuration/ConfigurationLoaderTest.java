package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jameschatmail.core.configuration.ConfigurationResult.Faulty;
import org.jameschatmail.core.configuration.ConfigurationResult.Loaded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationLoaderTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("chatmail.properties");
    }

    @Test
    void loaderShouldGiveDefaultsWhenFileIsMissing() {
        Loaded loaded = loaded(Map.of());

        assertThat(loaded.configuration()).isEqualTo(ChatmailConfiguration.DEFAULT);
        assertThat(loaded.settings().origin(Keys.DOMAIN)).isEqualTo(new Origin.BuiltIn(Flavor.CHECKOUT));
    }

    @Test
    void loaderShouldPreferEachLayerToTheOnesBelow() {
        write("""
            # Several lines
            quota.storage = 1MB
            send.rate.burst=1
            send.rate.per-minute=1

            """);

        Loaded loaded = loaded(
                Map.of("CHATMAIL_SEND_RATE_BURST", "2", "CHATMAIL_SEND_RATE_PER_MINUTE", "2", "PATH", "/bin"),
                set("send.rate.per-minute", "3"),
                set("send.rate.per-minute", "4"));

        assertThat(loaded.configuration().quota().storage()).isEqualTo(1048576);
        assertThat(loaded.configuration().send()).isEqualTo(new SendConfiguration(4, 2));
        assertThat(loaded.settings().origin(Keys.QUOTA_STORAGE)).isEqualTo(new Origin.FileLine(file, 2));
        assertThat(loaded.settings().origin(Keys.SEND_RATE_BURST).describe())
                .isEqualTo("environment variable CHATMAIL_SEND_RATE_BURST");
        assertThat(loaded.settings().origin(Keys.SEND_RATE_PER_MINUTE).describe())
                .isEqualTo("--set");
    }

    @Test
    void loaderShouldTellEveryFaultAtOnce() {
        write("""
            quota.storage=5 apples
            qouta.expire.to=3
            nonsense
            send.rate.burst=1
            send.rate.burst=2
            """);

        assertThat(faults(
                        Map.of("CHATMAIL_TLS_MOD", "x", "CHATMAIL_PORT_OFFSET", "60000", "CHATMAIL_HOME", "/opt"),
                        set("domain", "-"),
                        set("quota.expire.to", "80")))
                .containsExactly(
                        file + ":3: not a line of the form key=value",
                        file + ":5: send.rate.burst: stands in line 4 already",
                        file + ":1: quota.storage: \"5 apples\" is not accepted; accepted: "
                                + Keys.QUOTA_STORAGE.syntax().accepted(),
                        file + ":2: \"qouta.expire.to\": unknown; the nearest known name is quota.expire.to",
                        "environment variable CHATMAIL_PORT_OFFSET: port.offset: \"60000\" is not accepted; accepted: "
                                + "a whole number from 0 to 57535",
                        "environment variable CHATMAIL_TLS_MOD: unknown; the nearest known name is CHATMAIL_TLS_MODE",
                        "--set: domain: \"-\" is not accepted; accepted: "
                                + Keys.DOMAIN.syntax().accepted(),
                        "--set: quota.expire.to: 80 is not below quota.expire.above, which is 75");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHATMAIL_HOME", "CHATMAIL_JAVA", "CHATMAIL_JAVA_OPTS"})
    void loaderShouldPassOverVariablesOfTheLauncher(String variable) {
        assertThat(load(Flavor.CHECKOUT, Map.of(variable, "x"))).isInstanceOf(Loaded.class);
    }

    @Test
    void loaderShouldNeedDomainWhenInDistribution() {
        assertThat(faults(Flavor.DISTRIBUTION, Map.of()))
                .containsExactly("not set: domain: needs a value; accepted: "
                        + Keys.DOMAIN.syntax().accepted());
    }

    @Test
    void loaderShouldTellMalformedDomainOnceWhenInDistribution() {
        assertThat(faults(Flavor.DISTRIBUTION, Map.of(), set("domain", "a..b"))).hasSize(1);
    }

    @Test
    void loaderShouldNamePlaceOfContradictionWhenKeyAtFaultIsNotSet() {
        write("registration.localpart.max=5\n");

        assertThat(faults(Map.of()))
                .containsExactly(
                        file + ":1: registration.localpart.min: 9 is above registration.localpart.max, which is 5");
    }

    @Test
    void loaderShouldNotTellContradictionWhenOneSideIsMalformed() {
        assertThat(faults(Map.of(), set("registration.localpart.max", "2O"), set("registration.localpart.min", "15")))
                .hasSize(1);
    }

    @Test
    void loaderShouldCheckWhatAStrongerSourceReplaces() {
        write("port.offset=many\n");

        assertThat(faults(Map.of(), set("port.offset", "1"))).hasSize(1);
    }

    @Test
    void loaderShouldHideSecretsWhenTellingFaults() {
        List<String> faults = faults(
                Map.of("CHATMAIL_TURN_SECRETT", "hush", "CHATMAIL_TURN_SECRET", "hush\u0007"),
                set("store.url", "postgres:chatmail:hush@db"),
                set("turn.secert", "hush"));

        assertThat(faults).hasSize(4).noneMatch(fault -> fault.contains("hush"));
    }

    @Test
    void loadedShouldHideSecretsWhenPrinted() {
        Loaded loaded = loaded(
                Map.of(),
                set("turn.host", "turn.example"),
                set("turn.secret", "hush"),
                set("store.url", "jdbc:postgresql://db/chatmail?password=hush"));

        assertThat(loaded.configuration().realtime().turn().map(TurnServer::secret))
                .contains("hush");
        assertThat(loaded.toString()).contains("turn.secret=***").doesNotContain("hush");
    }

    @Test
    void loaderShouldTellNamedFileWhenMissing() {
        ConfigurationResult result =
                ConfigurationLoader.load(new ConfigurationSources(Flavor.CHECKOUT, file, true, Map.of(), List.of()));

        assertThat(describe(result)).containsExactly(file + ": no such file");
    }

    @Test
    void loaderShouldTellUnreadableFileWhenItIsNoText() throws IOException {
        Files.write(file, new byte[] {'a', '=', (byte) 0xFF});
        assertThat(faults(Map.of())).containsExactly(file + ": not a text in UTF-8");

        Files.delete(file);
        Files.createDirectory(file);
        assertThat(faults(Map.of())).containsExactly(file + ": not a file");
    }

    @Test
    void loaderShouldTakeByteOrderMarkWindowsLinesAndOtherScripts() {
        write("\uFEFFdomain=Bücher.example\r\nprivacy.postal=Straße 1 = Hof\r\n");

        ChatmailConfiguration configuration = loaded(Map.of()).configuration();

        assertThat(configuration.relay().domain().text()).isEqualTo("xn--bcher-kva.example");
        assertThat(configuration.privacy().postal()).contains("Straße 1 = Hof");
    }

    @Test
    void withFaultsShouldJoinFaultsOfTheCommandLine() {
        Fault fault = new Fault(new Origin.CommandLineOption("--data"), "", "needs a value");
        ConfigurationResult good = load(Flavor.CHECKOUT, Map.of());
        ConfigurationResult bad = load(Flavor.DISTRIBUTION, Map.of());

        assertThat(good.withFaults(List.of())).isSameAs(good);
        assertThat(describe(good.withFaults(List.of(fault)))).containsExactly("--data: needs a value");
        assertThat(describe(bad.withFaults(List.of(fault)))).hasSize(2).startsWith("--data: needs a value");
    }

    private void write(String content) {
        try {
            Files.writeString(file, content, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Setting set(String name, String text) {
        return new Setting(name, text, new Origin.CommandLineOption("--set"));
    }

    private ConfigurationResult load(Flavor flavor, Map<String, String> environment, Setting... settings) {
        return ConfigurationLoader.load(new ConfigurationSources(flavor, file, false, environment, List.of(settings)));
    }

    private Loaded loaded(Map<String, String> environment, Setting... settings) {
        ConfigurationResult result = load(Flavor.CHECKOUT, environment, settings);
        assertThat(result).isInstanceOf(Loaded.class);
        return (Loaded) result;
    }

    private List<String> faults(Map<String, String> environment, Setting... settings) {
        return faults(Flavor.CHECKOUT, environment, settings);
    }

    private List<String> faults(Flavor flavor, Map<String, String> environment, Setting... settings) {
        return describe(load(flavor, environment, settings));
    }

    private static List<String> describe(ConfigurationResult result) {
        assertThat(result).isInstanceOf(Faulty.class);
        return ((Faulty) result).faults().stream().map(Fault::describe).toList();
    }
}
