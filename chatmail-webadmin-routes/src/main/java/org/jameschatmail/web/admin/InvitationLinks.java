package org.jameschatmail.web.admin;

import org.jameschatmail.core.account.Invitation;

/** What is handed out for an invitation. Thread-safe. */
public interface InvitationLinks {
    /** The address of its page, {@code https://chat.example/i/TOKEN}. */
    String of(Invitation invitation);

    /** An SVG picture. */
    String qrCode(String link);
}
