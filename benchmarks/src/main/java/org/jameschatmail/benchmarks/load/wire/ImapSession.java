package org.jameschatmail.benchmarks.load.wire;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP session as a chat client has it: INBOX selected, IDLE until something comes, fetch it, IDLE again. For use by
 * one thread at a time.
 */
public final class ImapSession implements Closeable {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final Pattern EXISTS = Pattern.compile("\\* (\\d+) EXISTS", Pattern.CASE_INSENSITIVE);
    private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\+?}$");
    private static final Pattern UID = Pattern.compile("\\bUID (\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern UID_NEXT = Pattern.compile("\\[UIDNEXT (\\d+)", Pattern.CASE_INSENSITIVE);

    /**
     * What FETCH told of one message.
     *
     * @param content the body or the header fields that were asked for; empty when none came
     */
    public record Fetched(long uid, byte[] content) {}

    private final TlsConnection connection;
    private int commands;
    private int exists;
    private long uidNext = 1;
    private String idleTag = "";

    private ImapSession(TlsConnection connection) {
        this.connection = connection;
    }

    /** Connects and reads the greeting. */
    public static ImapSession connect(Endpoint endpoint) throws IOException {
        TlsConnection connection = TlsConnection.open(endpoint);
        try {
            String greeting = connection.readLine(DEADLINE);
            if (!greeting.regionMatches(true, 0, "* OK", 0, 4)) {
                throw new WireException("greeted with: " + greeting);
            }
            return new ImapSession(connection);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Connects, logs in, which makes a new account, and selects INBOX. */
    public static ImapSession open(Endpoint endpoint, Account account) throws IOException {
        ImapSession session = connect(endpoint);
        try {
            session.login(account);
            session.select();
            return session;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    public void login(Account account) throws IOException {
        command("LOGIN \"" + account.address() + "\" \"" + account.password() + "\"");
    }

    /** From now on both directions are compressed. */
    public void compress() throws IOException {
        command("COMPRESS DEFLATE");
        connection.deflate();
    }

    public void select() throws IOException {
        exists = 0;
        command("SELECT INBOX");
    }

    /** How many messages the mailbox has, as far as the server has told. */
    public int exists() {
        return exists;
    }

    /** The UID from which on {@link #fetchNew} fetches. */
    public long uidNext() {
        return uidNext;
    }

    public void noop() throws IOException {
        command("NOOP");
    }

    /** Enters IDLE; returns when the server waits. */
    public void idle() throws IOException {
        idleTag = nextTag();
        write(idleTag + " IDLE");
        for (String line = response(DEADLINE, null); !line.startsWith("+"); line = response(DEADLINE, null)) {
            if (line.startsWith(idleTag)) {
                throw new WireException("IDLE was answered with: " + line);
            }
        }
    }

    /** In IDLE: waits until the server has told of at least that many messages; false when it did not in time. */
    public boolean awaitExists(int count, Duration atMost) throws IOException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (exists < count) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                idleLine(response(Duration.ofNanos(left), null));
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
        return true;
    }

    private void idleLine(String line) throws WireException {
        if (line.startsWith(idleTag + " ") || line.startsWith("* BYE")) {
            throw new WireException("IDLE ended with: " + line);
        }
    }

    public void done() throws IOException {
        write("DONE");
        finish(idleTag, "IDLE", null);
    }

    /** Fetches the bodies of all messages that {@link #fetchNew} has not told of yet. */
    public List<Fetched> fetchNew() throws IOException {
        return fetch("(UID FLAGS BODY.PEEK[])");
    }

    /** As {@link #fetchNew}, the Message-ID field alone. */
    public List<Fetched> fetchNewMessageIds() throws IOException {
        return fetch("(UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
    }

    /** Lets the next fetch begin at that UID. */
    public void rewind(long uid) {
        uidNext = uid;
    }

    private List<Fetched> fetch(String items) throws IOException {
        List<Fetched> all = new ArrayList<>();
        long first = uidNext;
        String tag = nextTag();
        write(tag + " UID FETCH " + first + ":* " + items);
        finish(tag, "FETCH", all);
        // "n:*" names the last message also when all are older.
        all.removeIf(message -> message.uid() < first);
        all.forEach(message -> uidNext = Math.max(uidNext, message.uid() + 1));
        return all;
    }

    /** Marks all messages from that UID on as deleted. */
    public void markDeleted(long firstUid) throws IOException {
        command("UID STORE " + firstUid + ":* +FLAGS.SILENT (\\Deleted)");
    }

    public void expunge() throws IOException {
        command("EXPUNGE");
    }

    private void command(String text) throws IOException {
        String tag = nextTag();
        write(tag + " " + text);
        finish(tag, text.substring(0, Math.min(6, text.length())), null);
    }

    private String nextTag() {
        commands++;
        return "a" + commands;
    }

    private void write(String line) throws IOException {
        connection.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private void finish(String tag, String what, @Nullable List<Fetched> fetched) throws IOException {
        String line = response(DEADLINE, fetched);
        while (!line.startsWith(tag + " ")) {
            line = response(DEADLINE, fetched);
        }
        if (!line.regionMatches(true, tag.length() + 1, "OK", 0, 2)) {
            throw new WireException(what + " was answered with: " + line);
        }
    }

    /** Reads one response with its literals, which are left out of the text. */
    private String response(Duration atMost, @Nullable List<Fetched> fetched) throws IOException {
        String line = connection.readLine(atMost);
        if (!line.endsWith("}")) {
            note(line);
            return line;
        }
        StringBuilder text = new StringBuilder();
        byte[] content = {};
        Matcher literal = LITERAL.matcher(line);
        while (literal.find()) {
            text.append(line, 0, literal.start());
            content = connection.read(Integer.parseInt(literal.group(1)), DEADLINE);
            line = connection.readLine(DEADLINE);
            literal.reset(line);
        }
        text.append(line);
        Matcher uid = UID.matcher(text);
        if (fetched != null && text.indexOf("FETCH") >= 0 && uid.find()) {
            fetched.add(new Fetched(Long.parseLong(uid.group(1)), content));
        }
        return text.toString();
    }

    private void note(String line) {
        if (!line.startsWith("* ")) {
            return;
        }
        Matcher message = EXISTS.matcher(line);
        if (message.lookingAt()) {
            exists = Integer.parseInt(message.group(1));
            return;
        }
        if (line.toUpperCase(Locale.ROOT).endsWith(" EXPUNGE")) {
            exists--;
            return;
        }
        Matcher next = UID_NEXT.matcher(line);
        if (next.find()) {
            uidNext = Long.parseLong(next.group(1));
        }
    }

    /** From now on an IDLE is heard through the selector, by {@link #hear}. */
    public SelectionKey watch(Selector selector, Object attachment) throws IOException {
        SelectionKey key = connection.watch(selector, attachment);
        connection.park();
        return key;
    }

    public void unwatch(SelectionKey key) throws IOException {
        connection.unwatch(key);
    }

    /** Takes what has come to a watched session in IDLE. */
    public void hear() throws IOException {
        connection.takeAvailable();
        for (String line = connection.bufferedLine(); line != null; line = connection.bufferedLine()) {
            note(line);
            idleLine(line);
        }
        connection.park();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
