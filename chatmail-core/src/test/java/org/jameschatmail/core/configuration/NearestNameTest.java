package org.jameschatmail.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void nearestShouldHaveFewestEdits() {
        List<String> known = List.of("domain", "hostname", "quota.storage");

        assertThat(NearestName.of("Hostnam", known)).isEqualTo("hostname");
        assertThat(NearestName.of("quota.storgae", known)).isEqualTo("quota.storage");
        assertThat(NearestName.of("x".repeat(100_000), known)).isNotEmpty();
    }
}
