package org.jameschatmail.benchmarks.load.peer;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Accounts and messages that a server already has when it is measured. They are written into its embedded database while
 * the server is down: through its doors a million of them would take the better part of an hour. Nobody logs in to
 * these accounts.
 *
 * @param accounts each with an INBOX
 * @param messages shared out evenly, each with a body of its own
 * @param bytes of a body
 */
public record FilledStore(int accounts, int messages, int bytes) {
    private static final int COMMIT_EVERY = 1000;
    private static final int HEADER_BYTES = 300;

    /**
     * Fills a store whose tables are there.
     *
     * @param libraries the distribution's {@code lib}, for its database
     * @param data the server's data directory
     */
    void fill(Path libraries, Path data) throws IOException {
        System.setProperty("derby.system.durability", "test");
        System.setProperty("derby.stream.error.file", data.resolve("fill.log").toString());
        try (URLClassLoader loader = new URLClassLoader(derby(libraries), FilledStore.class.getClassLoader())) {
            Driver driver = (Driver) Class.forName("org.apache.derby.iapi.jdbc.AutoloadedDriver", true, loader)
                    .getConstructor()
                    .newInstance();
            String url = "jdbc:derby:" + data.resolve("database");
            try (Connection connection = driver.connect(url, new Properties())) {
                connection.setAutoCommit(false);
                fill(connection);
            }
            shutDown(driver, url);
        } catch (SQLException | ReflectiveOperationException e) {
            throw new IOException("the store can't be filled", e);
        } finally {
            System.clearProperty("derby.system.durability");
        }
    }

    private static URL[] derby(Path libraries) throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            List<URL> jars = new ArrayList<>();
            for (Path file : files.filter(jar -> jar.getFileName().toString().startsWith("derby"))
                    .toList()) {
                jars.add(url(file));
            }
            return jars.toArray(URL[]::new);
        }
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }

    /** Derby tells of its end by an exception. */
    private static void shutDown(Driver driver, String url) throws SQLException {
        try {
            driver.connect(url + ";shutdown=true", new Properties());
        } catch (SQLException e) {
            if (!"08006".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private void fill(Connection connection) throws SQLException {
        SplittableRandom random = new SplittableRandom(1);
        try (PreparedStatement user = connection.prepareStatement(
                        "INSERT INTO JAMES_USER (USER_NAME, PASSWORD_HASH_ALGORITHM, PASSWORD, VERSION)"
                                + " VALUES (?, 'NONE', 'none', 1)");
                PreparedStatement mailbox = connection.prepareStatement(
                        "INSERT INTO chatmail_mailbox (id, namespace, owner, name, uid_validity, last_uid, modseq,"
                                + " message_count, unseen_count, recent_count, octets, keywords)"
                                + " VALUES (?, '#private', ?, 'INBOX', 1, ?, ?, ?, ?, ?, ?, '')");
                PreparedStatement message = connection.prepareStatement(
                        "INSERT INTO chatmail_message (mailbox_id, uid, modseq, body_id, internal_date, save_date,"
                                + " octets, header_octets, flags, user_flags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL)");
                PreparedStatement body = connection.prepareStatement(
                        "INSERT INTO chatmail_body (id, refs, header, content) VALUES (?, 1, ?, ?)")) {
            int written = 0;
            for (int account = 0; account < accounts; account++) {
                long id = random.nextLong(Long.MAX_VALUE);
                int share = messages / accounts + (account < messages % accounts ? 1 : 0);
                String owner = "stored" + account + "@" + ChatmailPeer.DOMAIN;
                user.setString(1, owner);
                user.addBatch();
                addMailbox(mailbox, id, owner, share);
                for (int uid = 1; uid <= share; uid++) {
                    addMessage(message, body, random, id, uid);
                }
                written += share + 1;
                if (written >= COMMIT_EVERY || account == accounts - 1) {
                    for (PreparedStatement insert : List.of(user, mailbox, body, message)) {
                        insert.executeBatch();
                    }
                    connection.commit();
                    written = 0;
                }
            }
        }
    }

    private void addMailbox(PreparedStatement insert, long id, String owner, int share) throws SQLException {
        insert.setLong(1, id);
        insert.setString(2, owner);
        for (int counter = 3; counter <= 7; counter++) {
            insert.setLong(counter, share);
        }
        insert.setLong(8, (long) share * bytes);
        insert.addBatch();
    }

    private void addMessage(
            PreparedStatement insert, PreparedStatement body, SplittableRandom random, long mailbox, int uid)
            throws SQLException {
        long id = random.nextLong(Long.MAX_VALUE);
        // Old ones would be removed while the server is measured.
        long now = System.currentTimeMillis();
        insert.setLong(1, mailbox);
        insert.setLong(2, uid);
        insert.setLong(3, uid);
        insert.setLong(4, id);
        insert.setLong(5, now);
        insert.setLong(6, now);
        insert.setLong(7, bytes);
        insert.setInt(8, HEADER_BYTES);
        insert.addBatch();
        body.setLong(1, id);
        body.setBytes(2, random(random, HEADER_BYTES));
        body.setBytes(3, random(random, bytes - HEADER_BYTES));
        body.addBatch();
    }

    private static byte[] random(SplittableRandom random, int count) {
        byte[] content = new byte[count];
        random.nextBytes(content);
        return content;
    }
}
