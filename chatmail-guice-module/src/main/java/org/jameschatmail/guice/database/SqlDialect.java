package org.jameschatmail.guice.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;

/**
 * The databases that are supported, and the few words in which their SQL differs. Immutable.
 */
public enum SqlDialect {
    DERBY("Apache Derby", "BLOB", "CLOB"),
    POSTGRESQL("PostgreSQL", "BYTEA", "TEXT");

    /** The SQL state of a row whose key is taken. */
    public static final String DUPLICATE_KEY = "23505";

    private final String productName;
    private final String binaryType;
    private final String textType;

    SqlDialect(String productName, String binaryType, String textType) {
        this.productName = productName;
        this.binaryType = binaryType;
        this.textType = textType;
    }

    /**
     * The dialect that a connection speaks.
     *
     * @throws IllegalStateException when the product isn't supported
     */
    public static SqlDialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(dialect -> dialect.productName.equals(product))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The database must be Apache Derby or PostgreSQL, and this one is " + product));
    }

    /**
     * Inserts a row unless one with its key is there, without ending the transaction.
     *
     * @param insert a whole INSERT statement
     * @param parameters its values
     * @return whether it was inserted
     */
    public static boolean insertUnlessThere(Connection connection, String insert, Object... parameters)
            throws SQLException {
        String unlessThere = of(connection) == POSTGRESQL ? " ON CONFLICT DO NOTHING" : "";
        try (PreparedStatement statement = connection.prepareStatement(insert + unlessThere)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            if (DUPLICATE_KEY.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** What the scripts of {@link Schema} write in <code>${}</code>: the names of the column types that differ. */
    Map<String, String> columnTypes() {
        return Map.of("binary", binaryType, "text", textType);
    }
}
