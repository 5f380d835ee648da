package org.jameschatmail.core.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {
    @Test
    void parseShouldReadParameters() {
        assertThat(ContentType.parse("Multipart/Mixed ; Boundary = \"a; b=\\\"c\\\"\" ;charset=UTF-8;; "))
                .contains(new ContentType("multipart/mixed", Map.of("boundary", "a; b=\"c\"", "charset", "UTF-8")));
    }

    @Test
    void parseShouldReadValueWhenQuotesAreForgotten() {
        assertThat(ContentType.parse("multipart/encrypted; protocol=application/pgp-encrypted; boundary=--=_a:b?"))
                .map(ContentType::parameters)
                .contains(Map.of("protocol", "application/pgp-encrypted", "boundary", "--=_a:b?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/plain",
                "text/plain/x",
                "text plain",
                "text/plain x",
                "text/plain; a",
                "text/plain; a=\"b",
                "text/plain; a=\"b\\",
                "text/plain; =b",
                "text/plain; a=b; A=c",
                "text/plain; a=b c",
                "text/plain; a=b\"c\"",
                "text/plain, text/html",
                "text/plain (comment)",
                "text/pl\u00e4in",
                "multipart/encrypted\0; boundary=x"
            })
    void parseShouldReadNothingWhenValueIsMalformed(String value) {
        assertThat(ContentType.parse(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "x, true",
        "'\"a b\"', true",
        "'\"b \"', false",
        "'\"\"', false",
        "'\"\u00e9\"', false",
        "'\"a\tb\"', false",
        "x; boundary*=utf-8''y, false",
        "x; boundary*0=y, false"
    })
    void boundaryShouldBeOneThatEveryReaderUnderstands(String parameter, boolean expected) {
        assertThat(boundaryOf(parameter)).isEqualTo(expected);
    }

    @Test
    void boundaryShouldHaveAtMostSeventyCharacters() {
        assertThat(boundaryOf("x".repeat(70))).isTrue();
        assertThat(boundaryOf("x".repeat(71))).isFalse();
    }

    private static boolean boundaryOf(String parameter) {
        return ContentType.parse("multipart/mixed; boundary=" + parameter)
                .flatMap(ContentType::boundary)
                .isPresent();
    }
}
