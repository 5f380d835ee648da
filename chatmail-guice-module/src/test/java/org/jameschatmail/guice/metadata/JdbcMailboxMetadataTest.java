package org.jameschatmail.guice.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadata;
import org.jameschatmail.protocols.imap.metadata.MailboxMetadataContract;
import org.junit.jupiter.api.Test;

class JdbcMailboxMetadataTest implements MailboxMetadataContract {
    private final DataSource dataSource = DerbyDatabase.create();
    private final MailboxMetadata subject = new JdbcMailboxMetadata(dataSource);

    @Override
    public MailboxMetadata subject() {
        return subject;
    }

    @Test
    void storeShouldKeepEntriesWhenItStartsAgain() {
        subject.update(ALICE, INBOX, Map.of(COMMENT, Optional.of("text")));

        assertThat(new JdbcMailboxMetadata(dataSource).entries(ALICE, INBOX)).isEqualTo(Map.of(COMMENT, "text"));
    }
}
