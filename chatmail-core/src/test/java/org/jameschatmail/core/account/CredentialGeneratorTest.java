package org.jameschatmail.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jameschatmail.core.account.AccountVerdict.Accepted;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.junit.jupiter.api.Test;

class CredentialGeneratorTest {
    private static final MailDomain DOMAIN = new MailDomain("chat.example");
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

    @Test
    void generatorShouldPleaseThePolicy() {
        RegistrationConfiguration registration = Registrations.withLengths(12, 20, 40);
        CredentialGenerator generator = new CredentialGenerator(DOMAIN, registration, new SecureRandom());

        Credentials credentials = generator.generate();

        assertThat(credentials.email()).matches("[a-z0-9]{12}@chat\\.example");
        assertThat(credentials.password()).matches("[a-zA-Z0-9]{40}");
        assertThat(new AccountPolicy(DOMAIN, registration).judge(credentials.email(), credentials.password()))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void generatorShouldGivePasswordsOf128BitsAtLeast() {
        String password = generator(new SecureRandom()).generate().password();

        assertThat(password.length() * Math.log(62) / Math.log(2)).isGreaterThan(128);
    }

    @Test
    void generatorShouldNeverRepeatItself() {
        CredentialGenerator generator = generator(new SecureRandom());
        Set<Credentials> seen = new HashSet<>();

        for (int round = 0; round < 1000; round++) {
            seen.add(generator.generate());
        }

        assertThat(seen).hasSize(1000);
    }

    /** With 36 letters a remainder of a byte would draw the first four an eighth more often than the others. */
    @Test
    void generatorShouldDrawEveryLetterEquallyOften() {
        CredentialGenerator generator = generator(new SecureRandom());
        Map<Character, Integer> counts = new TreeMap<>();
        int rounds = 40_000;

        for (int round = 0; round < rounds; round++) {
            String email = generator.generate().email();
            for (char letter : email.substring(0, email.indexOf('@')).toCharArray()) {
                counts.merge(letter, 1, Integer::sum);
            }
        }

        int expected = rounds * 9 / 36;
        assertThat(counts).hasSize(36);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count).isBetween(expected * 93 / 100, expected * 107 / 100));
    }

    @Test
    void generatorShouldDrawAgainWhenLocalpartIsReserved() {
        ScriptedRandom random = new ScriptedRandom("webmaster" + "webmasteb");

        assertThat(generator(random).generate().email()).isEqualTo("webmasteb@chat.example");
    }

    @Test
    void credentialsShouldHideEverythingWhenPrinted() {
        assertThat(new Credentials("ab@chat.example", "secret")).hasToString("Credentials[***]");
    }

    private static CredentialGenerator generator(SecureRandom random) {
        return new CredentialGenerator(DOMAIN, RegistrationConfiguration.DEFAULT, random);
    }

    /** Draws the letters of a text, then zeroes. */
    private static final class ScriptedRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Deque<Integer> draws = new ArrayDeque<>();

        ScriptedRandom(String letters) {
            letters.chars().forEach(letter -> draws.add(LETTERS.indexOf(letter)));
        }

        @Override
        public int nextInt(int bound) {
            return draws.isEmpty() ? 0 : draws.removeFirst();
        }
    }
}
