package org.jameschatmail.core.account;

import java.security.SecureRandom;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RegistrationConfiguration;

/**
 * Makes up accounts: a localpart of the least configured length from {@code a-z0-9}, and a password of at least 24
 * letters and digits, which is 142 bits and needs no escaping anywhere. Every character is equally likely:
 * {@link SecureRandom#nextInt(int)} draws again instead of taking a remainder. Nothing is stored, and the name may be
 * taken. Thread-safe as its random source is.
 */
public final class CredentialGenerator {
    private static final String DIGITS_AND_LOWER = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final String LETTERS_AND_DIGITS = DIGITS_AND_LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int PASSWORD_LENGTH = 24;

    private final MailDomain domain;
    private final RegistrationConfiguration registration;
    private final SecureRandom random;

    public CredentialGenerator(MailDomain domain, RegistrationConfiguration registration, SecureRandom random) {
        this.domain = domain;
        this.registration = registration;
        this.random = random;
    }

    /** New credentials, which {@link AccountPolicy} accepts under the same configuration. */
    public Credentials generate() {
        String localpart = draw(DIGITS_AND_LOWER, registration.localpartMin());
        while (AccountPolicy.isReserved(localpart)) {
            localpart = draw(DIGITS_AND_LOWER, registration.localpartMin());
        }
        String password = draw(LETTERS_AND_DIGITS, Math.max(PASSWORD_LENGTH, registration.passwordMin()));
        return new Credentials(localpart + "@" + domain.text(), password);
    }

    private String draw(String alphabet, int length) {
        StringBuilder drawn = new StringBuilder(length);
        for (int index = 0; index < length; index++) {
            drawn.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return drawn.toString();
    }
}
