package org.jameschatmail.core.configuration;

import java.util.Optional;

/**
 * Whom the privacy page names.
 *
 * @param mail mail address of whoever answers for the data; clients see it as {@code /shared/admin}
 * @param postal their postal address
 * @param pdo the privacy officer
 * @param supervisor the supervising authority
 */
public record PrivacyConfiguration(
        Optional<String> mail, Optional<String> postal, Optional<String> pdo, Optional<String> supervisor) {
    public static final PrivacyConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public static PrivacyConfiguration from(Settings settings) {
        return new PrivacyConfiguration(
                settings.get(Keys.PRIVACY_MAIL),
                settings.get(Keys.PRIVACY_POSTAL),
                settings.get(Keys.PRIVACY_PDO),
                settings.get(Keys.PRIVACY_SUPERVISOR));
    }
}
