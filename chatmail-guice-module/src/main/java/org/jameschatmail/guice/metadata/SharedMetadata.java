package org.jameschatmail.guice.metadata;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.TurnServer;
import org.jameschatmail.protocols.imap.metadata.EntryName;
import org.jameschatmail.protocols.imap.metadata.ServerMetadata;

/** What the server tells its users by METADATA: whom to ask, and which other servers to use. Thread-safe. */
public final class SharedMetadata implements ServerMetadata {
    private static final EntryName ADMIN = new EntryName("/shared/admin");
    private static final EntryName COMMENT = new EntryName("/shared/comment");
    private static final EntryName IROH_RELAY = new EntryName("/shared/vendor/deltachat/irohrelay");
    private static final EntryName TURN = new EntryName("/shared/vendor/deltachat/turn");
    private static final EntryName APP_VERSIONS = new EntryName("/shared/vendor/deltachat/appversions");
    private static final EntryName MAX_RECIPIENTS = new EntryName("/shared/vendor/deltachat/maxsmtprecipients");

    private final ChatmailConfiguration configuration;
    private final AppVersions appVersions;
    private final Clock clock;

    @Inject
    public SharedMetadata(ChatmailConfiguration configuration, AppVersions appVersions, Clock clock) {
        this.configuration = configuration;
        this.appVersions = appVersions;
        this.clock = clock;
    }

    @Override
    public Map<EntryName, String> entries() {
        Map<EntryName, String> entries = new LinkedHashMap<>();
        entries.put(COMMENT, "Chatmail relay of " + configuration.relay().domain());
        configuration.privacy().mail().ifPresent(mail -> entries.put(ADMIN, "mailto:" + mail));
        configuration.realtime().iroh().ifPresent(url -> entries.put(IROH_RELAY, url.toString()));
        Optional<TurnServer> turn = configuration.realtime().turn();
        turn.ifPresent(server -> entries.put(TURN, TurnCredentials.issue(server, clock.instant())));
        appVersions.line().ifPresent(line -> entries.put(APP_VERSIONS, line));
        entries.put(MAX_RECIPIENTS, Integer.toString(configuration.message().recipientsMax()));
        return entries;
    }
}
