package org.jameschatmail.protocols.imap.metadata;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.james.core.Username;

/** Mailbox metadata in memory. */
public final class MemoryMailboxMetadata implements MailboxMetadata {
    private record Key(Username owner, String mailbox, EntryName name) {}

    private final Map<Key, String> values = new HashMap<>();

    @Override
    public synchronized Map<EntryName, String> entries(Username owner, String mailbox) {
        Map<EntryName, String> entries = new TreeMap<>(Comparator.comparing(EntryName::path));
        values.forEach((key, value) -> {
            if (key.owner().equals(owner) && key.mailbox().equals(mailbox)) {
                entries.put(key.name(), value);
            }
        });
        return entries;
    }

    @Override
    public synchronized boolean update(Username owner, String mailbox, Map<EntryName, Optional<String>> changes) {
        Map<Key, String> updated = new HashMap<>(values);
        changes.forEach((name, value) -> {
            Key key = new Key(owner, mailbox, name);
            value.ifPresentOrElse(text -> updated.put(key, text), () -> updated.remove(key));
        });
        if (updated.keySet().stream().filter(key -> key.owner().equals(owner)).count() > MAX_ENTRIES_PER_ACCOUNT) {
            return false;
        }
        values.clear();
        values.putAll(updated);
        return true;
    }

    @Override
    public synchronized void removeAll(Username owner) {
        values.keySet().removeIf(key -> key.owner().equals(owner));
    }
}
