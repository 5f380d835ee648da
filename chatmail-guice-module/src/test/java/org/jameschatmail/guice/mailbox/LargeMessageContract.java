package org.jameschatmail.guice.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import javax.mail.Flags;
import org.apache.james.core.Username;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import org.apache.james.mailbox.store.mail.model.MailboxMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading a message that is too large to be held as a whole, on any database. */
interface LargeMessageContract {
    Username ALICE = Username.of("alice@example.org");
    byte[] HEADER = "Subject: ...\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** No multiple of a piece. */
    int OCTETS = 3_000_001;

    MailboxStoreDatabase database();

    /** Stores a message, and gives it back. */
    private byte[] store() throws Exception {
        return store(OCTETS);
    }

    private byte[] store(int octets) throws Exception {
        byte[] message = new byte[octets];
        new Random(1).nextBytes(message);
        System.arraycopy(HEADER, 0, message, 0, HEADER.length);
        NewMessage stored = new NewMessage(message, HEADER.length, Instant.parse("2024-01-02T03:04:05Z"), new Flags());
        try (Connection connection = database().connect()) {
            connection.setAutoCommit(false);
            database().parts().appends().appendToInboxes(connection, stored, List.of(ALICE));
            connection.commit();
            connection.setAutoCommit(true);
        }
        return message;
    }

    private Mailbox inbox() {
        return database()
                .parts()
                .mappers()
                .createMailboxMapper(JdbcMapperProvider.SESSION)
                .findMailboxByPath(MailboxPath.inbox(ALICE))
                .block();
    }

    private JdbcMessageMapper messages() {
        return database().parts().mappers().createMessageMapper(JdbcMapperProvider.SESSION);
    }

    private MailboxMessage read(FetchType type) throws Exception {
        return messages().findInMailbox(inbox(), MessageRange.all(), type, 1).next();
    }

    @ParameterizedTest
    @EnumSource(FetchType.class)
    default void messageShouldBeReadAsItIsWhenItIsLarge(FetchType type) throws Exception {
        byte[] message = store();

        MailboxMessage read = read(type);

        assertThat(read.getFullContent().readAllBytes()).isEqualTo(message);
        assertThat(read.getHeaderContent().readAllBytes()).isEqualTo(HEADER);
        assertThat(read.getBodyContent().readAllBytes()).hasSize(OCTETS - HEADER.length);
        assertThat(read.getFullContentOctets()).isEqualTo(OCTETS);
    }

    @Test
    default void readingShouldFailWhenTheMessageIsDeletedMeanwhile() throws Exception {
        store();
        try (InputStream content = read(FetchType.FULL).getFullContent()) {
            assertThat(content.readNBytes(1000)).hasSize(1000);

            messages().deleteMessages(inbox(), List.of(read(FetchType.METADATA).getUid()));

            assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    /** As a parser of headers does, which closes what it was given. */
    @Test
    default void closingShouldReadNothingMore() throws Exception {
        store(1000);
        MailboxMessage read = messagesElsewhere()
                .findInMailbox(inbox(), MessageRange.all(), FetchType.HEADERS, 1)
                .next();
        messages().deleteMessages(inbox(), List.of(read.getUid()));

        InputStream content = read.getFullContent();
        assertThat(content.readNBytes(HEADER.length)).isEqualTo(HEADER);

        assertThatCode(content::close).doesNotThrowAnyException();
    }

    /** Of a server that remembers no bodies. */
    private JdbcMessageMapper messagesElsewhere() {
        return database().newParts().mappers().createMessageMapper(JdbcMapperProvider.SESSION);
    }
}
