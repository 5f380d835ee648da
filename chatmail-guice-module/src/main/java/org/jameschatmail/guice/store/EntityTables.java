package org.jameschatmail.guice.store;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.persistence.EntityManagerFactory;
import javax.persistence.Persistence;
import javax.sql.DataSource;
import org.apache.james.user.jpa.model.JPAUser;

/**
 * The tables of the JPA entities. OpenJPA makes what is missing by comparing all of them with the database, which takes
 * a good part of a start; so it is done once for each set of entities, and remembered in the database when it is done.
 */
final class EntityTables {
    private static final String UNIT = "META-INF/persistence.xml";
    private static final String SYNCHRONIZE = "openjpa.jdbc.SynchronizeMappings";

    private EntityTables() {}

    /**
     * James' entities on this database, whose tables are there when it returns.
     *
     * @throws SQLException when the database can't be asked
     */
    static EntityManagerFactory open(DataSource dataSource) throws SQLException {
        Map<String, Object> properties = new HashMap<>(Map.of("openjpa.ConnectionFactory", dataSource));
        String entities = entities();
        if (areMade(dataSource, entities)) {
            properties.put(SYNCHRONIZE, "");
            return Persistence.createEntityManagerFactory("Global", properties);
        }
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("Global", properties);
        factory.createEntityManager().close();
        remember(dataSource, entities);
        return factory;
    }

    private static boolean areMade(DataSource dataSource, String entities) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT 1 FROM chatmail_entity_tables WHERE entities = ?")) {
            select.setString(1, entities);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void remember(DataSource dataSource, String entities) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO chatmail_entity_tables (entities) VALUES (?)")) {
            insert.setString(1, entities);
            insert.executeUpdate();
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        }
    }

    /** James' release and a digest of the list of its entities: another of either, and the tables are compared again. */
    private static String entities() {
        try (InputStream unit = EntityTables.class.getClassLoader().getResourceAsStream(UNIT)) {
            if (unit == null) {
                throw new IllegalStateException(UNIT + " is not on the class path");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(unit.readAllBytes());
            return "james-" + JPAUser.class.getPackage().getImplementationVersion() + "-"
                    + new BigInteger(1, digest).toString(Character.MAX_RADIX);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(UNIT + " can't be read", e);
        }
    }
}
