package org.jameschatmail.web.page;

import java.time.Duration;

/**
 * The page that invites: a button for the app on this device, a QR code for the app on another. Immutable.
 *
 * <p>Normally both hold the fixed {@code dcaccount:} link, which makes the app ask for credentials itself. Behind a
 * self-signed certificate the app can't do that, so there both hold a {@code dclogin:} link with fresh credentials.
 *
 * @param retention for how long messages stay
 * @param notice    the key of a text that stands above all else, or empty
 * @param link      for the button, or empty where nobody gets an account
 * @param picture   the link's QR code as markup; empty for the fixed one, which is loaded from {@code /qr.svg}
 */
public record IndexPage(Visit visit, String domain, Duration retention, String notice, String link, String picture) {
    public boolean hasNotice() {
        return !notice.isEmpty();
    }

    public boolean hasLink() {
        return !link.isEmpty();
    }

    public boolean hasPicture() {
        return !picture.isEmpty();
    }

    /** Keeps the credentials that the link may hold out of logs. */
    @Override
    public String toString() {
        return "IndexPage[" + visit.path() + ", " + notice + "]";
    }
}
