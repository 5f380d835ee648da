package org.jameschatmail.integration.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** So many new accounts an hour from one network, over whichever protocol. */
class RegistrationLimitIT {
    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(
            ServerSettings.forDomain("chat.localhost").set("registration.rate.per-network", "2"));

    @Test
    void accountShouldBeRefusedWhenItsNetworkHasMadeItsShare() {
        ChatmailServer server = SERVER.server();
        ServerPorts ports = server.ports();
        MailAccount first = MailAccount.unused(server);
        MailAccount second = MailAccount.unused(server);
        MailAccount third = MailAccount.unused(server);

        assertThat(LoginReplies.imap(ports, first.address(), first.password())).startsWith("a1 OK");
        assertThat(LoginReplies.smtp(ports, second.address(), second.password()))
                .startsWith("235 ");
        assertThat(LoginReplies.imap(ports, third.address(), third.password())).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(ports, third.address(), third.password())).isEqualTo(LoginReplies.SMTP_REFUSAL);

        // Who is in, stays in.
        assertThat(LoginReplies.smtp(ports, first.address(), first.password())).startsWith("235 ");
        assertThat(LoginReplies.imap(ports, second.address(), second.password()))
                .startsWith("a1 OK");
    }
}
