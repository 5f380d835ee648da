package org.jameschatmail.guice.account;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
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
            strings = {
                "correct horse battery staple",
                "Password12345678",
                "password.Secret-1999",
                "Password1Password1",
                "kT3vHq9ZxWc7LmP"
            })
    void hashShouldBeSlowWhenAPersonMayHaveInventedThePassword(String password) {
        assertThat(PasswordHash.of(password, random)).startsWith("$2b$08$");
    }

    @Test
    void hashShouldBeQuickWhenAGeneratorMadeThePassword() {
        String hash = PasswordHash.of("kT3vHq9ZxWc7LmPdR2sYbN5f", random);

        assertThat(hash).matches("\\$pbkdf2-sha256\\$1000\\$[./A-Za-z0-9]{22}\\$[./A-Za-z0-9]{43}");
        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPdR2sYbN5f")).isTrue();
        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPdR2sYbN5g")).isFalse();
    }

    /** Made by Python: {@code hashlib.pbkdf2_hmac}. */
    @Test
    void hashShouldMatchWhenAnotherProgramDerivedTheKey() {
        String hash = "$pbkdf2-sha256$2000$yMnKy8zNzs/Q0dLT1NXW1w$kUqoWuhr7Ev0E8AsMk1cmQUKee6rAnoiFA.onJ.OI4Q";

        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPdR2sYbN5f")).isTrue();
        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPdR2sYbN5F")).isFalse();
    }

    @Test
    void hashShouldMatchWhenAnEarlierReleaseMadeItOfAGeneratedPassword() {
        String hash = OpenBSDBCrypt.generate("2b", "kT3vHq9ZxWc7LmPd".getBytes(US_ASCII), new byte[16], 4);

        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPd")).isTrue();
        assertThat(PasswordHash.matches(hash, "kT3vHq9ZxWc7LmPe")).isFalse();
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
    @ValueSource(
            strings = {
                "",
                "the password",
                "$2",
                "$2b$",
                "$2b$08$too-short",
                "$1$salt$the password",
                "$pbkdf2-sha256$",
                "$pbkdf2-sha256$1000$AAAA$AAAA",
                "$pbkdf2-sha256$9999999$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void nothingShouldMatchWhenTheHashIsNone(String hash) {
        assertThat(PasswordHash.matches(hash, "the password")).isFalse();
    }
}
