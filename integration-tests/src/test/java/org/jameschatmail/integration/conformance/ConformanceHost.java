package org.jameschatmail.integration.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.james.core.Username;
import org.apache.james.core.quota.QuotaCountLimit;
import org.apache.james.core.quota.QuotaSizeLimit;
import org.apache.james.mailbox.model.MailboxACL;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mpt.api.Continuation;
import org.apache.james.mpt.api.ImapFeatures;
import org.apache.james.mpt.api.ImapFeatures.Feature;
import org.apache.james.mpt.api.ImapHostSystem;
import org.apache.james.mpt.api.Session;
import org.jameschatmail.integration.server.ChatmailServer;
import org.jameschatmail.integration.server.ServerSettings;
import org.jameschatmail.integration.wire.ImapDialogue;
import org.jameschatmail.integration.wire.TrustAll;

/**
 * What James' scripts ask of a server, by way of ours: each host has accounts of its own, so that no script finds what
 * another has left. For use by one thread.
 */
final class ConformanceHost implements ImapHostSystem {
    private static final AtomicInteger HOSTS = new AtomicInteger();
    private static final ImapFeatures FEATURES = ImapFeatures.of(
            Feature.NAMESPACE_SUPPORT,
            Feature.MOVE_SUPPORT,
            Feature.USER_FLAGS_SUPPORT,
            Feature.ANNOTATION_SUPPORT,
            Feature.QUOTA_SUPPORT,
            Feature.MOD_SEQ_SEARCH);

    private final ChatmailServer server;
    private final AccountNames names;

    ConformanceHost(ChatmailServer server) {
        this.server = server;
        this.names = new AccountNames(HOSTS.incrementAndGet(), server.domain());
    }

    /** A server that takes the scripts' messages and passwords. */
    static ServerSettings settings() {
        return ServerSettings.forDomain("chat.localhost")
                .set("imap.append", "any")
                .set("registration.password.min", "6");
    }

    @Override
    public boolean addUser(Username user, String password) {
        login(user, password).close();
        return true;
    }

    private ImapDialogue login(Username user, String password) {
        return ImapDialogue.tls(server.ports().imaps()).play("S: * OK").login(names.ours(user.asString()), password);
    }

    @Override
    public Session newSession(Continuation continuation) {
        return new ConformanceSession(server.ports().imaps(), names, continuation);
    }

    /** The scripts that ask for it have one password for each name. */
    @Override
    public void createMailbox(MailboxPath path) {
        String password = path.getUser().asString().equals("delegate") ? "123456" : "password";
        try (ImapDialogue imap = login(path.getUser(), password)) {
            imap.with("mailbox", path.getName()).play("""
                    C: a CREATE "${mailbox}"
                    S* a OK
                    """);
        }
    }

    @Override
    public void setQuotaLimits(QuotaCountLimit messages, QuotaSizeLimit storage) throws Exception {
        String user = names.ours("imapuser");
        String limits = "{\"count\":%d,\"size\":%d}".formatted(messages.asLong(), storage.asLong());
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.ports().webAdmin() + "/quota/users/" + user))
                .header("Authorization", "Bearer " + server.adminToken())
                .PUT(HttpRequest.BodyPublishers.ofString(limits))
                .build();
        int status = TrustAll.httpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
        if (status >= 300) {
            throw new IOException("the quota was not set: " + status);
        }
    }

    @Override
    public void grantRights(MailboxPath path, Username user, MailboxACL.Rfc4314Rights rights) {
        throw new UnsupportedOperationException("the scripts on shared mailboxes are not run");
    }

    @Override
    public boolean supports(Feature... features) {
        return FEATURES.supports(features);
    }

    @Override
    public void beforeTest() {}

    @Override
    public void afterTest() {}
}
