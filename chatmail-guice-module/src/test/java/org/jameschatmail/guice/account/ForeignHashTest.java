package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by crypt(3) of Debian's libxcrypt, through Perl and OpenSSL. */
class ForeignHashTest {
    private static final String DIGEST =
            "ZOWQ.8IYYUMZIPqkFRa4KMwXZxUi.Jf6rjQe1ORono0QNoDHeqBfp82.FRG/9lqPiG104Lj2jpwpLJsZXr4Nw0";
    private static final String SHA512 = "$6$abcdefgh$" + DIGEST;
    private static final String BCRYPT = "$10$abcdefghijklmnopqrstuuMmnJHEHJ4ugIR1gBAEDXcisR6mg3gOC";
    private static final String PASSWORD = "the right password";

    @Test
    void hashOfCryptShouldMatchItsPasswordAlone() {
        assertThat(PasswordHash.matches(SHA512, PASSWORD)).isTrue();
        assertThat(PasswordHash.matches(SHA512, "the wrong password")).isFalse();
        assertThat(PasswordHash.matches(SHA512, "")).isFalse();
        assertThat(PasswordHash.matches(SHA512, PASSWORD + '\0')).isFalse();
        assertThat(PasswordHash.matches(SHA512, PASSWORD.toUpperCase(Locale.ROOT)))
                .isFalse();
    }

    @Test
    void hashOfCryptShouldMatchWhenItHasRoundsOfItsOwnAndLettersOfAnyScript() {
        String hash =
                "$6$rounds=12345$0123456789abcdef$yebKdHlfcrhkCOnZBJ5p6ZoD2qSLTdfHfRMO25TiOrKb27gm.LyzFbi8G7A3h.ZyJ6l7KVkbmH3UuUn9gD0JC.";

        assertThat(PasswordHash.matches(hash, "пароль для чата")).isTrue();
        assertThat(PasswordHash.matches(hash, "пароль для часа")).isFalse();
    }

    @Test
    void hashOfCryptShouldMatchWhenThePasswordIsTheLongestOrEmpty() {
        String longest =
                "$6$sixteencharacter$vc8BpbGy4CpFjGnp3Ys.fRV0oSZGA6fA4X5tL5zMIH938Y5sRPsz8ijiYyaJqzPRMMsYNdBnqVmKgXRsHXeoa.";

        assertThat(PasswordHash.matches(longest, "x".repeat(511))).isTrue();
        assertThat(PasswordHash.matches(longest, "x".repeat(510))).isFalse();
        assertThat(PasswordHash.matches(
                        "$6$empty$MWslJBrCvUsbDfvDkNQwBNtJFEGiZ5CHosSR8Ol/yMiSd9JINPGkSH4OfOOVEIp87YcT49Wr.Qp4a8bJCR6y2/",
                        ""))
                .isTrue();
    }

    @Test
    void longPasswordShouldBeRefusedWithoutHashing() {
        assertThat(PasswordHash.matches(SHA512, "x".repeat(10_000_000))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a", "$2b", "$2y", "bcrypt:$2a", "{BLF-CRYPT}$2y"})
    void hashOfBcryptShouldMatchItsPasswordAlone(String scheme) {
        String stored = ForeignHash.parse(scheme + BCRYPT).orElseThrow();

        assertThat(ForeignHash.isForeign(stored)).isTrue();
        assertThat(PasswordHash.matches(stored, PASSWORD)).isTrue();
        assertThat(PasswordHash.matches(stored, "the wrong password")).isFalse();
        assertThat(PasswordHash.matches(stored, PASSWORD + '\0')).isFalse();
    }

    /** As others do; ours tells them apart. */
    @Test
    void hashOfBcryptShouldMatchWhenTheFirst72BytesAreTheSame() {
        String stored = ForeignHash.parse("$2b$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q")
                .orElseThrow();

        assertThat(PasswordHash.matches(stored, "x".repeat(100))).isTrue();
        assertThat(PasswordHash.matches(stored, "x".repeat(71))).isFalse();
    }

    @Test
    void schemeShouldBeTakenOffWhenDovecotWroteIt() {
        assertThat(ForeignHash.parse("{SHA512-CRYPT}" + SHA512)).isEqualTo(Optional.of(SHA512));
        assertThat(ForeignHash.parse(SHA512)).isEqualTo(Optional.of(SHA512));
        assertThat(ForeignHash.parse("$6$rounds=100000$salt$" + DIGEST)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "the password",
                "{PLAIN}the password",
                "{SHA512-CRYPT}",
                "$5$abcdefgh$" + DIGEST,
                "$6$$" + DIGEST,
                "$6$rounds=999999999$abcdefgh$" + DIGEST,
                "$6$rounds=100001$abcdefgh$" + DIGEST,
                "$6$rounds=-1$abcdefgh$" + DIGEST,
                "$6$rounds=99999999999999999999$abcdefgh$" + DIGEST,
                "$6$abcdefgh$" + DIGEST + "\n",
                "$6$abcdefgh$" + DIGEST + "x",
                "$6$abc:efgh$" + DIGEST,
                "bcrypt:$2a$14$abcdefghijklmnopqrstuuMmnJHEHJ4ugIR1gBAEDXcisR6mg3gOC",
                "bcrypt:$2a$03$abcdefghijklmnopqrstuuMmnJHEHJ4ugIR1gBAEDXcisR6mg3gOC",
                "bcrypt:$2x$10$abcdefghijklmnopqrstuuMmnJHEHJ4ugIR1gBAEDXcisR6mg3gOC",
                "argon2:3:1024:1:c2FsdA==:aGFzaA==",
            })
    void hashShouldBeRefusedWhenItIsNoneOrTakesTooLong(String text) {
        assertThat(ForeignHash.parse(text)).isEmpty();
        assertThat(PasswordHash.matches(text, "the password")).isFalse();
    }
}
