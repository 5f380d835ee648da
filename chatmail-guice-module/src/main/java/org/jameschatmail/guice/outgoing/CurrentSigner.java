package org.jameschatmail.guice.outgoing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.dkim.MessageSigner;
import org.jameschatmail.core.dkim.SigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs with the keys that are to sign now: {@code chatmail dkim} is heeded with the next message. Keys that can't be read
 * any more leave those in force that were read before. Thread-safe.
 */
final class CurrentSigner implements Supplier<MessageSigner> {
    private static final Logger LOGGER = LoggerFactory.getLogger(CurrentSigner.class);
    private static final FileTime NEVER = FileTime.fromMillis(0);

    private final MailDomain domain;
    private final Path states;
    private final KeyRotation rotation;
    private volatile Known known;

    /** @throws IOException when the keys can't be read or made */
    CurrentSigner(MailDomain domain, Path data, SecureRandom random, Clock clock) throws IOException {
        this.domain = domain;
        this.states = data.resolve(SigningKeys.FOLDER).resolve(KeyRotation.STATES);
        this.rotation = new KeyRotation(data, random, clock);
        this.known = read(changed());
    }

    private record Known(FileTime changed, List<SigningKey> published, MessageSigner signer) {}

    private Known read(FileTime changed) throws IOException {
        List<KeyRotation.Entry> entries = rotation.entries();
        List<SigningKey> signing = entries.stream()
                .filter(entry -> entry.state() == KeyState.SIGNING)
                .map(KeyRotation.Entry::key)
                .toList();
        return new Known(
                changed, entries.stream().map(KeyRotation.Entry::key).toList(), new MessageSigner(domain, signing));
    }

    private FileTime changed() {
        try {
            return Files.getLastModifiedTime(states);
        } catch (IOException neverRotated) {
            return NEVER;
        }
    }

    @Override
    public MessageSigner get() {
        return current().signer();
    }

    /** All keys that others are to know. */
    List<SigningKey> published() {
        return current().published();
    }

    private Known current() {
        FileTime changed = changed();
        Known last = known;
        return changed.equals(last.changed()) ? last : readAgain(changed);
    }

    private synchronized Known readAgain(FileTime changed) {
        if (!changed.equals(known.changed())) {
            try {
                known = read(changed);
                LOGGER.info("{} keys sign from now on", known.signer().keys().size());
            } catch (IOException | RuntimeException e) {
                known = new Known(changed, known.published(), known.signer());
                LOGGER.warn("The keys for DKIM can't be read again: {}", e.getMessage());
            }
        }
        return known;
    }
}
