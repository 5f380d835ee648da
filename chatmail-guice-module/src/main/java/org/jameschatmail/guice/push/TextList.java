package org.jameschatmail.guice.push;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * Texts in the {@code IN} list of a query. The marks are rounded up to a power of two, so that few statements have to be
 * prepared; the places too many repeat the last value.
 */
final class TextList {
    private TextList() {}

    static String marks(List<String> values) {
        return String.join(", ", Collections.nCopies(markCount(values), "?"));
    }

    private static int markCount(List<String> values) {
        return values.size() <= 1 ? 1 : Integer.highestOneBit(values.size() - 1) * 2;
    }

    static void set(PreparedStatement statement, int from, List<String> values) throws SQLException {
        for (int index = 0; index < markCount(values); index++) {
            statement.setString(from + index, values.get(Math.min(index, values.size() - 1)));
        }
    }
}
