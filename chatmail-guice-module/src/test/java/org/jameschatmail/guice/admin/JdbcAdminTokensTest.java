package org.jameschatmail.guice.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import javax.sql.DataSource;
import org.jameschatmail.web.admin.AdminTokens;
import org.jameschatmail.web.admin.AdminTokens.Made;
import org.jameschatmail.web.admin.AdminTokens.Scope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcAdminTokensTest {
    private static DataSource database;

    private final JdbcAdminTokens tokens = new JdbcAdminTokens(database, new SecureRandom(), Clock.systemUTC());

    @BeforeAll
    static void createTables() throws SQLException {
        database = TokenTables.create();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM chatmail_admin_token");
        }
    }

    @Test
    void tokenShouldHaveItsScopeUntilItIsDeleted() {
        Made reader = tokens.make("Prometheus", Scope.READ).orElseThrow();
        Made writer = tokens.make("", Scope.WRITE).orElseThrow();

        assertThat(tokens.scopeOf(reader.token())).contains(Scope.READ);
        assertThat(tokens.scopeOf(writer.token())).contains(Scope.WRITE);
        assertThat(tokens.scopeOf("")).isEmpty();
        assertThat(tokens.scopeOf(reader.entry().id())).isEmpty();
        assertThat(tokens.list()).containsExactlyInAnyOrder(reader.entry(), writer.entry());

        assertThat(tokens.delete(reader.entry().id())).isTrue();
        assertThat(tokens.delete(reader.entry().id())).isFalse();
        assertThat(tokens.scopeOf(reader.token())).isEmpty();
        assertThat(tokens.scopeOf(writer.token())).contains(Scope.WRITE);
    }

    @Test
    void tokenShouldNotBeInTheDatabase() throws SQLException {
        String token = tokens.make("x", Scope.READ).orElseThrow().token();

        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id, digest, label, scope FROM chatmail_admin_token")) {
            assertThat(row.next()).isTrue();
            for (int column = 1; column <= 4; column++) {
                assertThat(row.getString(column)).doesNotContain(token);
            }
        }
        assertThat(token).hasSize(43);
    }

    @Test
    void tokensShouldBeBounded() {
        for (int made = 0; made < AdminTokens.MOST_TOKENS; made++) {
            assertThat(tokens.make("x", Scope.READ)).isPresent();
        }

        assertThat(tokens.make("x", Scope.READ)).isEmpty();
    }

    @Test
    void ownerShouldHaveNoTokenButTheOneInTheFile() {
        assertThatThrownBy(() -> tokens.make("x", Scope.OWNER)).isInstanceOf(IllegalArgumentException.class);
    }
}
