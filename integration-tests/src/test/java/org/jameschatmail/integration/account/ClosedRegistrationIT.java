package org.jameschatmail.integration.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code registration.mode=closed}: no login makes an account. */
class ClosedRegistrationIT {
    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("registration.mode", "closed"));

    @Test
    void refusalShouldLookLikeAWrongPasswordWhenRegistrationIsClosed() {
        ChatmailServer server = SERVER.server();
        MailAccount account = MailAccount.unused(server);

        assertThat(LoginReplies.imap(server.ports(), account.address(), account.password()))
                .isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(server.ports(), account.address(), account.password()))
                .isEqualTo(LoginReplies.SMTP_REFUSAL);
    }
}
