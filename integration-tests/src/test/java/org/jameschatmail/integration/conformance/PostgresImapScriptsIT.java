package org.jameschatmail.integration.conformance;

import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.PostgresExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.RegisterExtension;

/** James' scripts on PostgreSQL. */
class PostgresImapScriptsIT extends ImapScripts {
    @RegisterExtension
    @Order(1)
    static final PostgresExtension DATABASE = new PostgresExtension();

    @RegisterExtension
    @Order(2)
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(() -> DATABASE.storeOf(ConformanceHost.settings()));

    PostgresImapScriptsIT() {
        super(SERVER);
    }
}
