package org.jameschatmail.guice.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.jameschatmail.guice.Configurations;
import org.jameschatmail.guice.configuration.JamesConfigurationProvider;
import org.jameschatmail.guice.configuration.JamesValues;
import org.jameschatmail.guice.tls.CertificateNames;
import org.jameschatmail.guice.tls.SelfSignedCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code conf/} and the names that they may use go together. */
class ShippedConfigurationTest {
    private static final Path CONF = Path.of("../conf");
    private static final Pattern XML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern PROPERTIES_COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Pattern PLACE = Pattern.compile("\\$\\{chatmail:([^}]*)}");

    private static JamesValues values() {
        return JamesValuesFactory.of(
                Configurations.with(Map.of()),
                new SelfSignedCertificate(
                        Path.of("target"),
                        CertificateNames.of("chat.example", "chat.example", false),
                        new SecureRandom()));
    }

    static List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(CONF)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    static List<Path> xmlFiles() throws IOException {
        return files(".xml");
    }

    @ParameterizedTest
    @MethodSource("xmlFiles")
    void fileShouldLoadWhenTheValuesAreFilledIn(Path file) throws Exception {
        String component = file.getFileName().toString().replace(".xml", "");
        HierarchicalConfiguration<ImmutableNode> configuration =
                new JamesConfigurationProvider(CONF, values()).getConfiguration(component);

        assertThat(configuration.isEmpty()).isFalse();
        configuration
                .getKeys()
                .forEachRemaining(key -> assertThat(configuration.getList(String.class, key))
                        .allSatisfy(value -> assertThat(value).doesNotContain("${chatmail:")));
    }

    @Test
    void eachNameShouldBeUsedWhenItIsOffered() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path file : xmlFiles()) {
            collect(XML_COMMENT.matcher(Files.readString(file)).replaceAll(""), used);
        }
        for (Path file : files(".properties")) {
            collect(PROPERTIES_COMMENT.matcher(Files.readString(file)).replaceAll(""), used);
        }

        assertThat(used).isEqualTo(new TreeSet<>(values().byName().keySet()));
    }

    private static void collect(String text, Set<String> names) {
        PLACE.matcher(text).results().map((MatchResult place) -> place.group(1)).forEach(names::add);
    }
}
