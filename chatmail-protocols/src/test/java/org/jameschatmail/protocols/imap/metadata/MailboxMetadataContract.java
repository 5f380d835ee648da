package org.jameschatmail.protocols.imap.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.james.core.Username;
import org.junit.jupiter.api.Test;

/** What each {@link MailboxMetadata} does. */
public interface MailboxMetadataContract {
    Username ALICE = Username.of("alice@example.org");
    Username BOB = Username.of("bob@example.org");
    String INBOX = "1";
    EntryName COMMENT = new EntryName("/private/comment");
    EntryName COLOR = new EntryName("/private/vendor/example/color");

    MailboxMetadata subject();

    @Test
    default void entriesShouldBeEmptyWhenNothingWasSet() {
        assertThat(subject().entries(ALICE, INBOX)).isEmpty();
    }

    @Test
    default void updateShouldReplaceAValue() {
        subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.of("old")));

        assertThat(subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.of("new"))))
                .isTrue();
        assertThat(subject().entries(ALICE, INBOX)).isEqualTo(Map.of(COMMENT, "new"));
    }

    @Test
    default void updateShouldKeepAnEmptyAndALongestValue() {
        String longest = "ü".repeat(MailboxMetadata.MAX_VALUE_BYTES / 2);
        subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.of(""), COLOR, Optional.of(longest)));

        assertThat(subject().entries(ALICE, INBOX)).isEqualTo(Map.of(COMMENT, "", COLOR, longest));
    }

    @Test
    default void updateShouldRemoveWhatHasNoValue() {
        subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.of("text"), COLOR, Optional.of("red")));

        subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.empty()));

        assertThat(subject().entries(ALICE, INBOX)).isEqualTo(Map.of(COLOR, "red"));
    }

    @Test
    default void entriesShouldTellMailboxesAndAccountsApart() {
        subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.of("inbox")));
        subject().update(ALICE, MailboxMetadata.SERVER, Map.of(COMMENT, Optional.of("server")));

        assertThat(subject().entries(ALICE, MailboxMetadata.SERVER)).isEqualTo(Map.of(COMMENT, "server"));
        assertThat(subject().entries(BOB, INBOX)).isEmpty();
    }

    @Test
    default void updateShouldChangeNothingWhenAccountIsFull() {
        for (int i = 0; i < MailboxMetadata.MAX_ENTRIES_PER_ACCOUNT; i++) {
            subject().update(ALICE, "mailbox" + i, Map.of(COMMENT, Optional.of("text")));
        }
        Map<EntryName, Optional<String>> changes = new HashMap<>();
        changes.put(COMMENT, Optional.of("changed"));
        changes.put(COLOR, Optional.of("red"));

        assertThat(subject().update(ALICE, "mailbox0", changes)).isFalse();
        assertThat(subject().entries(ALICE, "mailbox0")).isEqualTo(Map.of(COMMENT, "text"));
        assertThat(subject().update(BOB, INBOX, changes)).isTrue();
    }

    @Test
    default void removeAllShouldLeaveOtherAccounts() {
        subject().update(ALICE, INBOX, Map.of(COMMENT, Optional.of("hers")));
        subject().update(BOB, INBOX, Map.of(COMMENT, Optional.of("his")));

        subject().removeAll(ALICE);

        assertThat(subject().entries(ALICE, INBOX)).isEmpty();
        assertThat(subject().entries(BOB, INBOX)).isEqualTo(Map.of(COMMENT, "his"));
    }
}
