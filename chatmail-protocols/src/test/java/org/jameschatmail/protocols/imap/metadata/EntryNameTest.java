package org.jameschatmail.protocols.imap.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
    @Test
    void parseShouldFoldCase() {
        assertThat(EntryName.parse("/Shared/Comment")).contains(new EntryName("/shared/comment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "shared", "/shared/", "//shared", "/a//b", "/a*", "/a%", "/a\tb", "/ä", "/a\0"})
    void parseShouldBeEmptyWhenMalformed(String text) {
        assertThat(EntryName.parse(text)).isEmpty();
    }

    @Test
    void parseShouldBeEmptyWhenTooLong() {
        assertThat(EntryName.parse("/" + "a".repeat(254))).isPresent();
        assertThat(EntryName.parse("/" + "a".repeat(255))).isEmpty();
    }

    @Test
    void constructorShouldRefuseUpperCase() {
        assertThatThrownBy(() -> new EntryName("/Shared")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ZERO, /shared, /shared, true",
        "ZERO, /shared, /shared/a, false",
        "ONE, /shared, /shared/a, true",
        "ONE, /shared, /shared/a/b, false",
        "ONE, /shared, /sharedness/a, false",
        "INFINITY, /shared, /shared/a/b, true",
        "INFINITY, /shared/a, /shared, false"
    })
    void depthShouldReachWhatItSays(Depth depth, String base, String candidate, boolean reached) {
        assertThat(depth.reaches(base, new EntryName(candidate))).isEqualTo(reached);
    }
}
