package org.jameschatmail.core.acme;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class PendingChallengesTest {
    @Test
    void challengesShouldBeAnsweredUntilTheyAreCleared() throws Exception {
        PendingChallenges pending = new PendingChallenges();
        SSLContext context = SSLContext.getDefault();
        pending.offerFile("token", "token.thumbprint");
        pending.offerHandshake("Chat.Example", context);

        assertThat(pending.file("token")).contains("token.thumbprint");
        assertThat(pending.file("other")).isEmpty();
        assertThat(pending.expectsHandshakes()).isTrue();
        assertThat(pending.handshake("chat.eXample")).containsSame(context);
        assertThat(pending.handshake("other.example")).isEmpty();

        pending.clear();

        assertThat(pending.file("token")).isEmpty();
        assertThat(pending.expectsHandshakes()).isFalse();
        assertThat(pending.handshake("chat.example")).isEmpty();
    }
}
