package org.jameschatmail.core.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.AppendMode;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.DkimMode;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.configuration.Flavor;
import org.jameschatmail.core.configuration.Key;
import org.jameschatmail.core.configuration.Keys;

/** Values that are accepted, and that a public server shouldn't have. */
public final class SettingsReview {
    private final ChatmailConfiguration configuration;
    private final List<Finding> findings = new ArrayList<>();

    private SettingsReview(ChatmailConfiguration configuration) {
        this.configuration = configuration;
    }

    /** What keeps the server from starting. */
    public static List<Finding> ofFaults(List<Fault> faults) {
        return faults.stream()
                .map(fault -> Finding.fail(Subject.SETTINGS, fault.describe(), "Mend it: the server doesn't start."))
                .toList();
    }

    /** One finding at least. */
    public static List<Finding> of(ConfigurationResult.Loaded loaded) {
        SettingsReview review = new SettingsReview(loaded.configuration());
        review.domain();
        review.gates();
        review.limits();
        if (review.findings.isEmpty()) {
            review.findings.add(Finding.ok(Subject.SETTINGS, "for " + review.domainText()));
        }
        return List.copyOf(review.findings);
    }

    private String domainText() {
        return configuration.relay().domain().text();
    }

    /** Whether a domain is one that no other machine can know. */
    public static boolean isOfThisMachineAlone(MailDomain domain) {
        String text = domain.text().toLowerCase(Locale.ROOT);
        return text.equals("localhost") || text.endsWith(".localhost");
    }

    private void domain() {
        if (isOfThisMachineAlone(configuration.relay().domain())) {
            warn(domainText() + " is a name of this machine alone", "Set domain to one of yours, for others to write.");
        }
        if (configuration.privacy().mail().isEmpty()) {
            warn(
                    Keys.PRIVACY_MAIL + " is empty: the privacy page names nobody",
                    "Set it to the address of whoever answers for the data.");
        }
    }

    private void gates() {
        if (configuration.incoming().dkim() == DkimMode.OFF) {
            warn(
                    Keys.INCOMING_DKIM + "=off: anybody can send under any name",
                    "Set it to require, unless this server has no name of its own.");
        }
        if (configuration.imap().append() == AppendMode.ANY) {
            warn(Keys.IMAP_APPEND + "=any: mail programs may store cleartext here", "Set it to encrypted.");
        }
    }

    private void limits() {
        limit(configuration.send().isLimited(), Keys.SEND_RATE_PER_MINUTE, "one account may send without end");
        limit(
                configuration.registration().ratePerNetwork() > 0,
                Keys.REGISTRATION_RATE_PER_NETWORK,
                "one network may make accounts without end");
        limit(configuration.imap().connectionsMax() > 0, Keys.IMAP_CONNECTIONS_MAX, "connections may take all memory");
        limit(
                configuration.imap().connectionsPerNetwork() > 0,
                Keys.IMAP_CONNECTIONS_PER_NETWORK,
                "one network may take all IMAP connections");
        limit(configuration.smtp().connectionsMax() > 0, Keys.SMTP_CONNECTIONS_MAX, "connections may take all memory");
        limit(
                configuration.smtp().connectionsPerNetwork() > 0,
                Keys.SMTP_CONNECTIONS_PER_NETWORK,
                "one network may take all SMTP connections");
    }

    private void limit(boolean set, Key<?> key, String consequence) {
        if (!set) {
            warn(
                    key + " is off: " + consequence,
                    "Leave it at its default, " + key.defaultText(Flavor.DISTRIBUTION) + ".");
        }
    }

    private void warn(String seen, String advice) {
        findings.add(Finding.warn(Subject.SETTINGS, seen, advice));
    }
}
