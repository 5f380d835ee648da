package org.jameschatmail.guice.mailbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxAnnotation;
import org.apache.james.mailbox.model.MailboxAnnotationKey;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.store.mail.AnnotationMapper;

/** James' annotations of mailboxes. Thread-safe. */
final class JdbcAnnotationMapper implements AnnotationMapper {
    private final MailboxDatabase database;

    JdbcAnnotationMapper(MailboxDatabase database) {
        this.database = database;
    }

    @Override
    public List<MailboxAnnotation> getAllAnnotations(MailboxId mailbox) {
        return read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT name, content FROM chatmail_annotation"
                    + " --DERBY-PROPERTIES constraint=CHATMAIL_ANNOTATION_PK\n WHERE mailbox_id = ?")) {
                select.setLong(1, JdbcMailboxId.numberOf(mailbox));
                List<MailboxAnnotation> annotations = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        annotations.add(MailboxAnnotation.newInstance(
                                new MailboxAnnotationKey(rows.getString(1)), rows.getString(2)));
                    }
                }
                return annotations;
            }
        });
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeys(MailboxId mailbox, Set<MailboxAnnotationKey> keys) {
        return matching(mailbox, keys, MailboxAnnotationKey::equals);
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeysWithOneDepth(MailboxId mailbox, Set<MailboxAnnotationKey> keys) {
        return matching(mailbox, keys, MailboxAnnotationKey::isParentOrIsEqual);
    }

    @Override
    public List<MailboxAnnotation> getAnnotationsByKeysWithAllDepth(MailboxId mailbox, Set<MailboxAnnotationKey> keys) {
        return matching(mailbox, keys, MailboxAnnotationKey::isAncestorOrIsEqual);
    }

    private List<MailboxAnnotation> matching(
            MailboxId mailbox,
            Set<MailboxAnnotationKey> keys,
            BiPredicate<MailboxAnnotationKey, MailboxAnnotationKey> match) {
        return getAllAnnotations(mailbox).stream()
                .filter(annotation -> keys.stream().anyMatch(key -> match.test(key, annotation.getKey())))
                .toList();
    }

    @Override
    public void deleteAnnotation(MailboxId mailbox, MailboxAnnotationKey key) {
        change(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM chatmail_annotation WHERE mailbox_id = ? AND name = ?")) {
                delete.setLong(1, JdbcMailboxId.numberOf(mailbox));
                delete.setString(2, key.asString());
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public void insertAnnotation(MailboxId mailbox, MailboxAnnotation annotation) {
        String content =
                annotation.getValue().orElseThrow(() -> new IllegalArgumentException("An annotation without a value"));
        long id = JdbcMailboxId.numberOf(mailbox);
        String name = annotation.getKey().asString();
        change(connection -> {
            String update = "UPDATE chatmail_annotation SET content = ? WHERE mailbox_id = ? AND name = ?";
            String insert = "INSERT INTO chatmail_annotation (content, mailbox_id, name) VALUES (?, ?, ?)";
            int updated = write(connection, update, content, id, name);
            return updated > 0 ? updated : write(connection, insert, content, id, name);
        });
    }

    private static int write(Connection connection, String sql, String content, long mailbox, String name)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(sql)) {
            write.setString(1, content);
            write.setLong(2, mailbox);
            write.setString(3, name);
            return write.executeUpdate();
        }
    }

    @Override
    public boolean exist(MailboxId mailbox, MailboxAnnotation annotation) {
        return !getAnnotationsByKeys(mailbox, Set.of(annotation.getKey())).isEmpty();
    }

    @Override
    public int countAnnotations(MailboxId mailbox) {
        return getAllAnnotations(mailbox).size();
    }

    private <T> T read(MailboxDatabase.Work<T> work) {
        try {
            return database.read(work);
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void change(MailboxDatabase.Work<Integer> work) {
        try {
            database.change(work);
        } catch (MailboxException e) {
            throw new IllegalStateException(e);
        }
    }
}
