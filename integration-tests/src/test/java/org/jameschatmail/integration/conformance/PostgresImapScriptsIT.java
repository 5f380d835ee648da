package org.jameschatmail.integration.conformance;

import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.jameschatmail.integration.server.PostgresDatabases;
import org.junit.jupiter.api.extension.RegisterExtension;

/** James' scripts on PostgreSQL. */
class PostgresImapScriptsIT extends ImapScripts {
    @RegisterExtension
    static final ChatmailServerExtension SERVER =
            new ChatmailServerExtension(() -> ConformanceHost.settings().set("store.url", PostgresDatabases.create()));

    PostgresImapScriptsIT() {
        super(SERVER);
    }
}
