package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void keysShouldHaveDistinctEnvironmentNames() {
        assertThat(Keys.all()).extracting(Key::environmentName).doesNotHaveDuplicates();
        assertThat(Keys.TLS_PRIVATE_KEY.environmentName()).isEqualTo("CHATMAIL_TLS_PRIVATE_KEY");
    }

    @Test
    void keysShouldHaveReadableDefaults() {
        for (Key<?> key : Keys.all()) {
            assertThat(key.defaultValue(Flavor.CHECKOUT)).as(key.name()).isPresent();
            boolean needed = key.equals(Keys.DOMAIN);
            assertThat(key.defaultValue(Flavor.DISTRIBUTION).isEmpty())
                    .as(key.name())
                    .isEqualTo(needed);
        }
    }

    @Test
    void keysShouldDifferBetweenFlavorsWhereDocumented() {
        List<String> different = Keys.all().stream()
                .filter(key -> !key.defaultText(Flavor.CHECKOUT).equals(key.defaultText(Flavor.DISTRIBUTION)))
                .<String>map(Key::name)
                .toList();

        assertThat(different).containsExactly("domain", "bind.address", "port.offset");
    }

    @Test
    void keyShouldNameItselfWhenValueIsNotAllowed() {
        assertThatThrownBy(() -> new MessageConfiguration(0, 1))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("message.size.max: ");
    }

    @Test
    void shippedFileShouldEqualDefaults() {
        ShippedFile shipped = ShippedFile.read(Path.of("../conf/chatmail.properties"));

        assertThat(shipped.keys())
                .isEqualTo(Keys.all().stream().map(ShippedFile::describe).toList());
    }

    @Test
    void shippedFileShouldSetNothing() {
        Path file = Path.of("../conf/chatmail.properties");

        assertThat(file).exists();
        assertThat(ConfigurationFile.read(file, true)).isEqualTo(new ConfigurationFile(List.of(), List.of()));
    }
}
