package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @ValueSource(strings = {"", "nine char", "пароль для чата", "password with \u0000 in it"})
    void hashShouldMatchItsPasswordAlone(String password) {
        String hash = PasswordHash.of(password, random);

        assertThat(hash).startsWith("$2b$08$").hasSize(60);
        assertThat(PasswordHash.matches(hash, password)).isTrue();
        assertThat(PasswordHash.matches(hash, password + "x")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"correct horse battery staple", "Password12345678", "password.Secret-1999", "kT3vHq9ZxWc7LmP"})
    void hashShouldBeSlowWhenAPersonMayHaveInventedThePassword(String password) {
        assertThat(PasswordHash.of(password, random)).startsWith("$2b$08$");
    }

    @Test
    void hashShouldBeQuickWhenAGeneratorMadeThePassword() {
        String hash = PasswordHash.of("kT3vHq9ZxWc7LmPdR2sYbN5f", random);

        assertThat(hash).startsWith("$2b$04$");
        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPdR2sYbN5f")).isTrue();
        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPdR2sYbN5g")).isFalse();
    }

    @Test
    void hashShouldDifferWhenThePasswordIsTheSame() {
        assertThat(PasswordHash.of("the password", random)).isNotEqualTo(PasswordHash.of("the password", random));
    }

    @Test
    void hashShouldTellLongPasswordsApartWhenTheirFirst72BytesAreTheSame() {
        String first = "x".repeat(72) + "first";
        String hash = PasswordHash.of(first, random);

        assertThat(PasswordHash.matches(hash, first)).isTrue();
        assertThat(PasswordHash.matches(hash, "x".repeat(72) + "other")).isFalse();
        assertThat(PasswordHash.matches(hash, "x".repeat(72))).isFalse();
    }

    /** A vector of OpenBSD's own implementation. */
    @Test
    void hashShouldMatchWhenAnotherProgramMadeIt() {
        String hash = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";

        assertThat(PasswordHash.matches(hash, "abc")).isTrue();
        assertThat(PasswordHash.matches(hash, "abd")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "the password", "$2", "$2b$", "$2b$08$too-short", "$1$salt$the password"})
    void nothingShouldMatchWhenTheHashIsNoBcrypt(String hash) {
        assertThat(PasswordHash.matches(hash, "the password")).isFalse();
    }
}
