package org.jameschatmail.protocols.imap.capability;

import org.apache.james.imap.api.ImapSessionState;

/**
 * Who may see that this is a chatmail server, and whether it notifies devices.
 *
 * @param beforeLogin true when XCHATMAIL and XDELTAPUSH are listed to anybody (configuration key
 *     {@code imap.capability.before-login}, default true); false hides them until login
 * @param push whether XDELTAPUSH is listed at all: it promises notifications
 */
public record CapabilityVisibility(boolean beforeLogin, boolean push) {
    public static final CapabilityVisibility DEFAULT = new CapabilityVisibility(true, true);

    boolean shows(ImapSessionState state) {
        return beforeLogin || state == ImapSessionState.AUTHENTICATED || state == ImapSessionState.SELECTED;
    }
}
