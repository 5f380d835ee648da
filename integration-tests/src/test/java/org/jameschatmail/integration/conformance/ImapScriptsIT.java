package org.jameschatmail.integration.conformance;

import org.jameschatmail.integration.server.ChatmailServerExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** James' scripts on the embedded database. */
class ImapScriptsIT extends ImapScripts {
    @RegisterExtension
    static final ChatmailServerExtension SERVER = new ChatmailServerExtension(ConformanceHost.settings());

    ImapScriptsIT() {
        super(SERVER);
    }
}
