package org.jameschatmail.integration.wire;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.integration.Deadline;
import org.jameschatmail.integration.account.MailAccount;

/**
 * A session that idles in INBOX and remembers how many messages the server has said there are. {@link #run} reads until
 * the reply to DONE, on a thread of its own; the rest is thread-safe.
 */
final class IdleSession implements Runnable, AutoCloseable {
    private static final Pattern EXISTS = Pattern.compile("\\* ([0-9]+) EXISTS");

    private final LineConnection connection;
    private int exists;
    private boolean done;
    private boolean over;
    private int toldByDone;

    /** Logged in and idling when it returns. */
    IdleSession(MailAccount account) {
        connection = LineConnection.tls(account.server().ports().imaps());
        connection.readLine();
        connection.write("a LOGIN \"" + account.address() + "\" \"" + account.password() + "\"\r\n");
        readUntil("a ");
        connection.write("b SELECT INBOX\r\n");
        readUntil("b ");
        connection.write("c IDLE\r\n");
        readUntil("+");
    }

    private void readUntil(String start) {
        String line;
        do {
            line = connection.readLine().orElseThrow();
            apply(line);
        } while (!line.startsWith(start));
    }

    private synchronized void apply(String line) {
        Matcher told = EXISTS.matcher(line);
        if (told.matches()) {
            exists = Integer.parseInt(told.group(1));
            toldByDone += done ? 1 : 0;
        }
        over |= line.startsWith("c ");
        notifyAll();
    }

    @Override
    public void run() {
        try {
            readUntil("c ");
        } catch (UncheckedIOException e) {
            over();
        }
    }

    private synchronized void over() {
        over = true;
        notifyAll();
    }

    /** Waits until so many messages have been told, and gives how many were. */
    synchronized int awaitExists(int number, Deadline deadline) {
        deadline.await(this, () -> exists >= number || over);
        return exists;
    }

    /** Ends idling; what is told only then had been missed. */
    List<Integer> missed() {
        synchronized (this) {
            done = true;
        }
        connection.write("DONE\r\n");
        synchronized (this) {
            boolean answered = Deadline.after(Duration.ofSeconds(15)).await(this, () -> over);
            return answered && toldByDone == 0 ? List.of() : List.of(toldByDone);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
