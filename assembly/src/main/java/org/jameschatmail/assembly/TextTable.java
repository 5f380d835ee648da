package org.jameschatmail.assembly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows under headings, in columns as wide as they need. Columns whose cells all begin with a digit stand to the right. */
final class TextTable {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    void add(Object... cells) {
        rows.add(Arrays.stream(cells).map(TextTable::printable).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** What others chose, such as a label, must not steer the terminal. */
    private static String printable(Object cell) {
        return cell.toString().replaceAll("\\p{C}", "?");
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        int[] widths = IntStream.range(0, headings.size()).map(this::width).toArray();
        boolean[] right = new boolean[widths.length];
        for (int column = 0; column < widths.length; column++) {
            right[column] = isNumeric(column);
        }
        append(lines, headings, widths, right);
        rows.forEach(row -> append(lines, row, widths, right));
        return lines.toString();
    }

    private int width(int column) {
        return Math.max(
                headings.get(column).length(),
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream()
                        .map(row -> row.get(column))
                        .allMatch(cell -> cell.matches("[0-9][0-9,.]*( [kMGT]?B)?"));
    }

    private static void append(StringBuilder lines, List<String> row, int[] widths, boolean[] right) {
        String line = IntStream.range(0, row.size())
                .mapToObj(column -> pad(row.get(column), widths[column], right[column]))
                .collect(Collectors.joining(GAP));
        lines.append(line.stripTrailing()).append('\n');
    }

    private static String pad(String cell, int width, boolean right) {
        String blanks = " ".repeat(width - cell.length());
        return right ? blanks + cell : cell + blanks;
    }
}
