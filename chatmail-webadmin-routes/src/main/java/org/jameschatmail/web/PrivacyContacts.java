package org.jameschatmail.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Who answers for the data, as the privacy page shows it. Immutable; what is empty is left out of the page.
 *
 * @param mail       key {@code privacy.mail}: an e-mail address
 * @param postal     key {@code privacy.postal}: a postal address
 * @param pdo        key {@code privacy.pdo}: the data protection officer
 * @param supervisor key {@code privacy.supervisor}: the supervisory authority
 */
public record PrivacyContacts(
        Optional<String> mail, Optional<String> postal, Optional<String> pdo, Optional<String> supervisor) {
    /** No contact given. */
    public static final PrivacyContacts DEFAULT = from("", "", "", "");

    /** Takes the keys as they are written; blank means not given. */
    public static PrivacyContacts from(String mail, String postal, String pdo, String supervisor) {
        return new PrivacyContacts(given(mail), given(postal), given(pdo), given(supervisor));
    }

    /** The {@code mailto:} link of the mail address. */
    public Optional<String> mailLink() {
        return mail.map(address -> "mailto:"
                + URLEncoder.encode(address, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("%40", "@"));
    }

    private static Optional<String> given(String value) {
        return Optional.of(value.strip()).filter(text -> !text.isEmpty());
    }
}
