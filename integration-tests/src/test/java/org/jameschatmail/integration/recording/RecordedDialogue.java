package org.jameschatmail.integration.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One IMAP connection as a script of {@link org.jameschatmail.integration.wire.Dialogue}. What the client sends stays as
 * it is; of what the server sends, numbers that differ from server to server become patterns, and so do messages. Where
 * the server tells of a message, {@code DELIVER} stands before it. Thread-safe.
 */
final class RecordedDialogue {
    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS");
    private static final Pattern EXPUNGE = Pattern.compile("\\* \\d+ EXPUNGE");
    private static final Pattern UID_NEXT = Pattern.compile(".*\\[UIDNEXT (\\d+)].*");
    private static final String STILL_HERE = "* OK Still here";
    private static final String DELIVER = "DELIVER";

    private final WireReader clientReader = new WireReader();
    private final WireReader serverReader = new WireReader();
    private final List<String> steps = new ArrayList<>();
    private int lastCommand;
    private String compressTag = "";
    private boolean selecting;
    private boolean idling;
    private int exists;
    private int delivered;

    synchronized void client(byte[] octets) {
        clientReader.read(octets, (line, literal) -> {
            String command = line.split(" ", 3).length > 1 ? line.split(" ", 3)[1] : line;
            if (clientReader.isCommandStart()) {
                lastCommand = steps.size();
                selecting = command.equals("SELECT");
                idling = command.equals("IDLE");
                compressTag = command.equals("COMPRESS") ? line.split(" ")[0] : "";
            }
            steps.add("C: " + line);
            literal.ifPresent(content -> steps.add("C! " + content));
        });
    }

    synchronized void server(byte[] octets) {
        serverReader.read(octets, (line, literal) -> {
            if (!line.startsWith(STILL_HERE)) {
                count(line);
                steps.add("S~ " + ServerLine.pattern(line));
                literal.ifPresent(content -> steps.add("L~ " + ServerLine.literalPattern(line, content)));
            }
            if (!compressTag.isEmpty() && line.startsWith(compressTag + " OK")) {
                steps.add("DEFLATE");
                clientReader.inflate();
                serverReader.inflate();
            }
        });
    }

    /** Notes the messages that came since the last line about them. */
    private void count(String line) {
        Matcher count = EXISTS.matcher(line);
        Matcher next = UID_NEXT.matcher(line);
        if (count.matches()) {
            int there = Integer.parseInt(count.group(1));
            if (!selecting) {
                deliver(there - exists, idling ? steps.size() : lastCommand);
            }
            exists = there;
        } else if (selecting && next.matches()) {
            deliver(Integer.parseInt(next.group(1)) - 1 - delivered, lastCommand);
        } else if (EXPUNGE.matcher(line).matches()) {
            exists--;
        }
    }

    private void deliver(int messages, int before) {
        for (int i = 0; i < messages; i++) {
            steps.add(before, DELIVER);
            delivered++;
            lastCommand++;
        }
    }

    /** Whether the client idles, and has deleted all that came. */
    synchronized boolean isAtRest() {
        return delivered > 0
                && exists == 0
                && steps.size() > 1
                && steps.get(steps.size() - 2).endsWith(" IDLE")
                && steps.get(steps.size() - 1).startsWith("S~ \\+");
    }

    synchronized String script() {
        return String.join("\n", steps) + "\n";
    }
}
