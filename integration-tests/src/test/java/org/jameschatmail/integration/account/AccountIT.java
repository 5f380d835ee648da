package org.jameschatmail.integration.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.ServerPorts;
import org.jameschatmail.integration.server.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts come to be by their first login, and nobody can tell why one doesn't. */
class AccountIT {
    private static final int CONNECTIONS = 10;

    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(ServerSettings.forDomain("chat.localhost"));

    private static ChatmailServer server() {
        return SERVER.server();
    }

    private static ServerPorts ports() {
        return server().ports();
    }

    @Test
    void accountShouldBeMadeWhenTheFirstLoginIsOverImap() {
        MailAccount account = MailAccount.unused(server());

        assertThat(LoginReplies.imap(ports(), account.address(), account.password()))
                .startsWith("a1 OK");
        assertThat(LoginReplies.smtp(ports(), account.address(), account.password()))
                .startsWith("235 ");
        assertThat(account.messageCount()).isZero();
    }

    @Test
    void accountShouldBeMadeWhenTheFirstLoginIsOverSmtp() {
        MailAccount account = MailAccount.unused(server());

        assertThat(LoginReplies.smtp(ports(), account.address(), account.password()))
                .startsWith("235 ");
        assertThat(LoginReplies.imap(ports(), account.address(), account.password()))
                .startsWith("a1 OK");
        assertThat(account.messageCount()).isZero();
    }

    @Test
    void everyLoginShouldSucceedWhenTenRaceForANewAccount() throws Exception {
        MailAccount account = MailAccount.unused(server());
        CyclicBarrier start = new CyclicBarrier(CONNECTIONS);
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<String>> replies = new ArrayList<>();
            for (int client = 0; client < CONNECTIONS; client++) {
                boolean overImap = client % 2 == 0;
                replies.add(clients.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return overImap
                            ? LoginReplies.imap(ports(), account.address(), account.password())
                            : LoginReplies.smtp(ports(), account.address(), account.password());
                }));
            }
            for (Future<String> reply : replies) {
                assertThat(reply.get(1, TimeUnit.MINUTES)).containsPattern("^(a1 OK|235) ");
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(account.messageCount()).isZero();
    }

    @Test
    void loginShouldFailWhenThePasswordIsNotTheAccounts() {
        MailAccount account = MailAccount.create(server());

        assertThat(LoginReplies.imap(ports(), account.address(), "another password"))
                .isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(ports(), account.address(), "another password"))
                .isEqualTo(LoginReplies.SMTP_REFUSAL);
        assertThat(LoginReplies.imap(ports(), account.address(), account.password()))
                .startsWith("a1 OK");
    }

    @ParameterizedTest
    @CsvSource({
        // characters
        "ac1!abcde@chat.localhost, long enough",
        ".ac1abcde@chat.localhost, long enough",
        // too short, too long
        "ac1_abcd@chat.localhost, long enough",
        "ac1_abcdef@chat.localhost, long enough",
        // reserved
        "webmaster@chat.localhost, long enough",
        // not ours, or no domain
        "ac1_abcde@else.localhost, long enough",
        "ac1_abcde, long enough",
        // password
        "ac1_abcde@chat.localhost, 8letters"
    })
    void refusalShouldLookLikeAWrongPasswordWhenNoAccountIsMade(String address, String password) {
        assertThat(LoginReplies.imap(ports(), address, password)).isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(ports(), address, password)).isEqualTo(LoginReplies.SMTP_REFUSAL);
    }

    @Test
    void accountsShouldBeApartWhenTheyShareAPassword() {
        MailAccount one = MailAccount.create(server());
        MailAccount other = MailAccount.create(server());

        assertThat(other.password()).isEqualTo(one.password());
        assertThat(LoginReplies.imap(ports(), one.address(), one.password())).startsWith("a1 OK");
        assertThat(LoginReplies.imap(ports(), other.address(), other.password()))
                .startsWith("a1 OK");
    }

    @Test
    void accountShouldBeThereWhenTheServerStartsAgain() {
        MailAccount account = MailAccount.create(server());

        server().restart();

        assertThat(LoginReplies.imap(ports(), account.address(), "another password"))
                .isEqualTo(LoginReplies.IMAP_REFUSAL);
        assertThat(LoginReplies.smtp(ports(), account.address(), account.password()))
                .startsWith("235 ");
    }
}
