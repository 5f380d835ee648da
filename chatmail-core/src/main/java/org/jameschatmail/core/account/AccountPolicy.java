package org.jameschatmail.core.account;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jameschatmail.core.account.AccountVerdict.Accepted;
import org.jameschatmail.core.account.AccountVerdict.Reason;
import org.jameschatmail.core.account.AccountVerdict.Rejected;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RegistrationConfiguration;

/**
 * Which names and passwords a <em>new</em> account may have; existing accounts are never judged by it. Localparts are
 * {@code ^[a-z0-9._-]+$}, as on every chatmail relay; beyond that, a dot may neither start nor end one nor follow
 * another, since such an address is no mailbox by RFC 5321. Stateless, thread-safe.
 *
 * <p>With the defaults, {@code ac1_xxxxx@chat.example} with a password of nine characters is accepted.
 */
public final class AccountPolicy {
    private static final Pattern LOCALPART = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    /** Longer ones would only feed the slow password hash. */
    private static final int LONGEST_PASSWORD = 1024;
    /** Names that others take for the operator, by RFC 2142 and by habit. */
    private static final Set<String> RESERVED = Set.of(
            "abuse",
            "admin",
            "administrator",
            "hostmaster",
            "info",
            "mailer-daemon",
            "mailer_daemon",
            "mailerdaemon",
            "no-reply",
            "no_reply",
            "noc",
            "noreply",
            "nobody",
            "postmaster",
            "root",
            "security",
            "support",
            "sysadmin",
            "usenet",
            "webmaster");

    private final MailDomain domain;
    private final RegistrationConfiguration registration;

    public AccountPolicy(MailDomain domain, RegistrationConfiguration registration) {
        this.domain = domain;
        this.registration = registration;
    }

    /** Judges a name as somebody typed it, and a password. */
    public AccountVerdict judge(String name, String password) {
        Optional<Login> parsed = Login.parse(name);
        if (parsed.isEmpty()) {
            return new Rejected(Reason.NOT_AN_ADDRESS);
        }
        Login login = parsed.get();
        if (!login.domain().equals(domain.text())) {
            return new Rejected(Reason.FOREIGN_DOMAIN);
        }
        return judgeLocalpart(login.localpart())
                .or(() -> judgePassword(password))
                .<AccountVerdict>map(Rejected::new)
                .orElseGet(() -> new Accepted(login));
    }

    /** Whether a localpart, in lower case, is one of those that nobody may have on any server. */
    public static boolean isReserved(String localpart) {
        return RESERVED.contains(localpart);
    }

    private Optional<Reason> judgeLocalpart(String localpart) {
        if (localpart.length() < registration.localpartMin()) {
            return Optional.of(Reason.LOCALPART_TOO_SHORT);
        }
        if (localpart.length() > registration.localpartMax()) {
            return Optional.of(Reason.LOCALPART_TOO_LONG);
        }
        if (!LOCALPART.matcher(localpart).matches()) {
            return Optional.of(Reason.LOCALPART_CHARACTERS);
        }
        return isReserved(localpart) || registration.reserved().contains(localpart)
                ? Optional.of(Reason.LOCALPART_RESERVED)
                : Optional.empty();
    }

    private Optional<Reason> judgePassword(String password) {
        if (password.codePointCount(0, password.length()) < registration.passwordMin()) {
            return Optional.of(Reason.PASSWORD_TOO_SHORT);
        }
        return password.length() > LONGEST_PASSWORD ? Optional.of(Reason.PASSWORD_TOO_LONG) : Optional.empty();
    }
}
