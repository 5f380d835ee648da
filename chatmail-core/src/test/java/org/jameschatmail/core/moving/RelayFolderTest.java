package org.jameschatmail.core.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the files that Dovecot 2.3.19 makes under a relay's settings. */
class RelayFolderTest {
    private static final String ADDRESS = "ac1_first@chat.example";
    private static final Instant DELIVERED = Instant.ofEpochSecond(1_795_412_468);

    @TempDir
    private Path home;

    private Path account;

    @BeforeEach
    void makeAccount() throws IOException {
        account = Files.createDirectories(home.resolve("mail/chat.example").resolve(ADDRESS));
        write("password", "{SHA512-CRYPT}$6$salt$digest", Instant.parse("2026-11-20T00:00:00Z"));
        write("dovecot-uidlist", """
                3 V1795412468 N4 Ge13d490ff4d1036bcb45000083ecc375
                1 G1795412468.M256281P17867.vm :1795412468.M256281P17867.vm,S=30,W=34
                2 G1795412468.M281076P17868.vm :1795412468.M281076P17868.vm,S=6515,W=7018
                """, DELIVERED);
        write("dovecot-keywords", "0 $MDNSent\n1 $Forwarded\n", DELIVERED);
        write("cur/1795412468.M281076P17868.vm,S=6515,W=7018:2,Sab", "Subject: two\n\nline\n", DELIVERED);
        write("new/1795412468.M256281P17867.vm,S=30,W=34", "Subject: one\n\nhello\n", DELIVERED);
    }

    private Path write(String name, String text, Instant time) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8), time);
    }

    private Path write(String name, byte[] content, Instant time) throws IOException {
        Path file = account.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private RelayAccount found() throws IOException {
        return RelayFolder.find(home.resolve("mail"), "chat.example").accounts().get(0);
    }

    private Maildir inbox() throws IOException {
        return found().mailboxes().get(0);
    }

    @Test
    void accountsShouldBeFoundFromTheDomainsFolderAndTheOneAbove() throws IOException {
        Files.createDirectories(home.resolve("mail/chat.example/pending_notifications"));
        Files.writeString(home.resolve("mail/chat.example/a@file"), "");

        assertThat(RelayFolder.find(home.resolve("mail"), "chat.example").accounts())
                .containsExactly(new RelayAccount(ADDRESS, account));
        assertThat(RelayFolder.find(home.resolve("mail/chat.example"), "chat.example")
                        .accounts())
                .hasSize(1);
        assertThatThrownBy(() -> RelayFolder.find(home.resolve("mail"), "other.example"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/home/vmail/mail/other.example");
    }

    @Test
    void accountShouldHaveItsHashAndTheDayOfItsLastLogin() throws IOException {
        assertThat(found().account())
                .isEqualTo(new MovedAccount(
                        ADDRESS, "{SHA512-CRYPT}$6$salt$digest", Optional.of(LocalDate.parse("2026-11-20")), true));

        write("enforceE2EEincoming", "", DELIVERED);
        assertThat(found().account().takesCleartext()).isFalse();
        assertThat(found().account().toString()).doesNotContain("digest", "ac1_first");
    }

    @Test
    void accountShouldBeNoneWhenThereIsNoPassword() throws IOException {
        Files.delete(account.resolve("password"));

        assertThatThrownBy(() -> found().account()).isInstanceOf(NoSuchFileException.class);

        Files.createSymbolicLink(account.resolve("password"), account.resolve("dovecot-keywords"));
        assertThatThrownBy(() -> found().account()).isInstanceOf(NoSuchFileException.class);

        Files.delete(account.resolve("password"));
        write("password", "x".repeat(1001), DELIVERED);
        assertThatThrownBy(() -> found().account()).hasMessageContaining("too large");
    }

    @Test
    void mailboxShouldHaveItsNumbersAndMessagesInTheirOrder() throws IOException {
        write("new/1795412400.M1P1.vm", "Subject: unknown\n\n", Instant.ofEpochSecond(1_795_412_400));
        write("new/.hidden", "", DELIVERED);
        write("tmp/1795412401.M1P1.vm", "half", DELIVERED);

        assertThat(inbox().mailbox()).isEqualTo(new MovedMailbox("INBOX", 1_795_412_468, 4));
        List<MovedMessage> messages =
                inbox().messages().stream().map(Maildir.Entry::described).toList();
        assertThat(messages).extracting(MovedMessage::uid).containsExactly(1L, 2L, 0L);
        assertThat(messages)
                .extracting(MovedMessage::flags)
                .containsExactly(Set.of(), Set.of("\\Seen", "$MDNSent", "$Forwarded"), Set.of());
    }

    @Test
    void foldersShouldBeMailboxesOfTheirOwn() throws IOException {
        write(".DeltaChat/new/1795412468.M340101P17871.vm,S=6515,W=7018", "Subject: three\n\n", DELIVERED);
        write(".DeltaChat/dovecot-uidlist", "3 V1795412469 N9\n", DELIVERED);
        write(".Nothing/maildirfolder", "", DELIVERED);
        write("..odd/new/1", "", DELIVERED);
        write(".o%d/new/1", "", DELIVERED);

        assertThat(found().mailboxes())
                .extracting(Maildir::mailbox)
                .containsExactly(
                        new MovedMailbox("INBOX", 1_795_412_468, 4), new MovedMailbox("DeltaChat", 1_795_412_469, 9));
    }

    @Test
    void arrivalShouldBeTheOlderOfTheNamesTimeAndTheFiles() throws IOException {
        Instant earlier = DELIVERED.minusSeconds(86_400);
        write("new/1795412468.M256281P17867.vm,S=30,W=34", "", earlier);
        write("cur/1795412468.M281076P17868.vm,S=6515,W=7018:2,Sab", "", DELIVERED.plusSeconds(86_400));

        assertThat(inbox().messages())
                .extracting(entry -> entry.described().arrival())
                .containsExactly(earlier, DELIVERED);
    }

    @Test
    void contentShouldHaveLineEndsOfMailWhetherCompressedOrNot() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream stream = new GZIPOutputStream(compressed)) {
            stream.write("Subject: two\r\nX: y\n\nline\n\n.\n".getBytes(StandardCharsets.US_ASCII));
        }
        write("cur/1795412468.M281076P17868.vm,S=6515,W=7018:2,Sab", compressed.toByteArray(), DELIVERED);
        List<Maildir.Entry> messages = inbox().messages();

        assertThat(text(messages.get(0), 100)).contains("Subject: one\r\n\r\nhello\r\n");
        assertThat(text(messages.get(1), 100)).contains("Subject: two\r\nX: y\r\n\r\nline\r\n\r\n.\r\n");
        assertThat(text(messages.get(0), 23)).isPresent();
        assertThat(text(messages.get(0), 22)).isEmpty();
        assertThat(text(messages.get(1), 30)).isEmpty();
    }

    @Test
    void messageShouldBeUnreadableWhenItIsDamagedOrGone() throws IOException {
        Path file = write("new/1795412468.M256281P17867.vm,S=30,W=34", new byte[] {0x1f, (byte) 0x8b, 9, 9}, DELIVERED);
        Maildir.Entry message = inbox().messages().get(0);

        assertThatThrownBy(() -> message.read(100)).isInstanceOfAny(ZipException.class, EOFException.class);
        Files.delete(file);
        assertThatThrownBy(() -> message.read(100)).isInstanceOf(NoSuchFileException.class);
    }

    private static Optional<String> text(Maildir.Entry entry, long longest) throws IOException {
        return entry.read(longest).map(message -> new String(message.content(), StandardCharsets.US_ASCII));
    }
}
