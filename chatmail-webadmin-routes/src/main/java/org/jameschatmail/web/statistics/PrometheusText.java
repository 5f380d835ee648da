package org.jameschatmail.web.statistics;

import java.sql.SQLException;

/** All metrics of the server as Prometheus reads them. Thread-safe. */
@FunctionalInterface
public interface PrometheusText {
    /** @throws SQLException when what is stored can't be counted */
    String read() throws SQLException;
}
