package org.jameschatmail.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jameschatmail.core.configuration.Flavor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class InstallationTest {
    @AfterEach
    void clear() {
        System.clearProperty("chatmail.home");
        System.clearProperty("chatmail.checkout");
    }

    @Test
    void dataShouldLieInTheHomeWhenItIsADistribution() {
        System.setProperty("chatmail.home", "/opt/./chatmail");

        assertThat(Installation.ofSystemProperties())
                .isEqualTo(
                        new Installation(Path.of("/opt/chatmail"), Flavor.DISTRIBUTION, Path.of("/opt/chatmail/data")));
    }

    @Test
    void dataShouldLieInTheCheckoutWhenItRunsFromThere() {
        System.setProperty("chatmail.home", "/src/assembly/target/dist");
        System.setProperty("chatmail.checkout", "/src");

        Installation installation = Installation.ofSystemProperties();

        assertThat(installation)
                .isEqualTo(
                        new Installation(Path.of("/src/assembly/target/dist"), Flavor.CHECKOUT, Path.of("/src/data")));
        assertThat(installation.configurationFile())
                .isEqualTo(Path.of("/src/assembly/target/dist/conf/chatmail.properties"));
    }

    @Test
    void homeShouldBeTheWorkingDirectoryWhenNobodyNamesIt() {
        assertThat(Installation.ofSystemProperties().home())
                .isEqualTo(Path.of("").toAbsolutePath());
    }

    @Test
    void versionShouldNameTheProgramWhenThereIsNoManifest() {
        assertThat(Installation.version()).startsWith("James Chatmail");
    }
}
