package org.jameschatmail.protocols.imap.capability;

import org.apache.james.imap.api.ImapSessionState;

/**
 * Who may see that this is a chatmail server.
 *
 * @param beforeLogin true when XCHATMAIL and XDELTAPUSH are listed to anybody (configuration key
 *     {@code imap.capability.before-login}, default true); false hides them until login
 */
public record CapabilityVisibility(boolean beforeLogin) {
    public static final CapabilityVisibility DEFAULT = new CapabilityVisibility(true);

    boolean shows(ImapSessionState state) {
        return beforeLogin || state == ImapSessionState.AUTHENTICATED || state == ImapSessionState.SELECTED;
    }
}
