package org.jameschatmail.protocols.imap.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.core.Username;

/**
 * All metadata one user sees: {@code /shared} of the server from {@link ServerMetadata}, the device tokens of INBOX as
 * one entry with a blank between two, the rest from {@link MailboxMetadata}. Blocks; thread-safe.
 */
public final class AccountMetadata {
    private final ServerMetadata server;
    private final MailboxMetadata mailboxes;
    private final DeviceTokens deviceTokens;

    @Inject
    public AccountMetadata(ServerMetadata server, MailboxMetadata mailboxes, DeviceTokens deviceTokens) {
        this.server = server;
        this.mailboxes = mailboxes;
        this.deviceTokens = deviceTokens;
    }

    /** The named entries, and those below them down to the depth, that have a value; in the order asked. */
    Map<EntryName, String> read(Username user, MetadataTarget target, List<EntryName> names, Depth depth) {
        Map<EntryName, String> available = available(user, target, names, depth);
        Map<EntryName, String> found = new LinkedHashMap<>();
        for (EntryName name : names) {
            available.entrySet().stream()
                    .filter(entry -> depth.reaches(name.path(), entry.getKey()))
                    .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        }
        return found;
    }

    /** Asks the stores for no more than the names can reach: each login asks for shared entries alone. */
    private Map<EntryName, String> available(Username user, MetadataTarget target, List<EntryName> names, Depth depth) {
        Map<EntryName, String> available = new LinkedHashMap<>();
        boolean server = target instanceof MetadataTarget.Server;
        if (server) {
            this.server.entries().entrySet().stream()
                    .filter(entry -> entry.getKey().isShared())
                    .forEach(entry -> available.put(entry.getKey(), entry.getValue()));
        }
        boolean onlyShared = names.stream().allMatch(EntryName::isShared);
        boolean onlyTokens = target.isInbox() && names.stream().allMatch(EntryName.DEVICE_TOKEN::equals);
        if (!(server && onlyShared) && !(onlyTokens && depth == Depth.ZERO)) {
            available.putAll(mailboxes.entries(user, target.key()));
        }
        if (target.isInbox() && names.stream().anyMatch(name -> depth.reaches(name.path(), EntryName.DEVICE_TOKEN))) {
            List<DeviceToken> tokens = deviceTokens.list(user);
            if (!tokens.isEmpty()) {
                available.put(
                        EntryName.DEVICE_TOKEN,
                        tokens.stream().map(DeviceToken::value).collect(Collectors.joining(" ")));
            }
        }
        return available;
    }

    /** Applies all changes or none. A device token is added to those there; NIL removes them all. */
    WriteOutcome write(Username user, MetadataTarget target, Map<EntryName, Optional<String>> changes) {
        if (target instanceof MetadataTarget.Server && changes.keySet().stream().anyMatch(EntryName::isShared)) {
            return WriteOutcome.NOT_PERMITTED;
        }
        Map<EntryName, Optional<String>> others = new LinkedHashMap<>(changes);
        Optional<String> token = Optional.empty();
        boolean tokenNamed = target.isInbox() && changes.containsKey(EntryName.DEVICE_TOKEN);
        if (tokenNamed) {
            token = changes.getOrDefault(EntryName.DEVICE_TOKEN, Optional.empty());
            others.remove(EntryName.DEVICE_TOKEN);
            if (token.isPresent() && DeviceToken.parse(token.get()).isEmpty()) {
                return WriteOutcome.MALFORMED_TOKEN;
            }
        }
        if (!others.isEmpty() && !mailboxes.update(user, target.key(), others)) {
            return WriteOutcome.TOO_MANY;
        }
        if (tokenNamed) {
            token.flatMap(DeviceToken::parse)
                    .ifPresentOrElse(added -> deviceTokens.add(user, added), () -> deviceTokens.removeAll(user));
        }
        return WriteOutcome.DONE;
    }

    /** What became of a write. */
    enum WriteOutcome {
        DONE,
        NOT_PERMITTED,
        MALFORMED_TOKEN,
        TOO_MANY
    }
}
