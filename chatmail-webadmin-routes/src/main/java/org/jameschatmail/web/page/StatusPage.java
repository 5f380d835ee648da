package org.jameschatmail.web.page;

import org.jameschatmail.web.Admission;
import org.jameschatmail.web.SiteConfiguration;

/**
 * What a visitor may know of the server's state: that it answers, and who gets an account. No version, which would only
 * tell attackers which holes to try, and no figures, which tell about people where there are few. Immutable.
 */
public record StatusPage(Visit visit, SiteConfiguration site, Admission admission) {
    public String domain() {
        return site.domain();
    }

    /** The key of the text about new accounts. */
    public String admissionKey() {
        return switch (admission) {
            case OPEN -> "status.accounts.open";
            case BY_INVITATION -> "status.accounts.by-invitation";
            case CLOSED -> "status.accounts.closed";
            case PAUSED -> "status.accounts.paused";
        };
    }

    public boolean hasMail() {
        return site.contacts().mail().isPresent();
    }

    public String mail() {
        return site.contacts().mail().orElse("");
    }

    public String mailLink() {
        return site.contacts().mailLink().orElse("");
    }
}
