package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.integration.account.MailAccount;

/** An IMAP connection with a {@link MailboxView} of its INBOX. For use by one thread. */
final class ViewingSession implements AutoCloseable {
    private final LineConnection connection;
    private final MailboxView view = new MailboxView();
    private final List<String> said = new ArrayList<>();
    private int commands;

    /** Logs in and selects INBOX. */
    ViewingSession(MailAccount account) {
        connection = LineConnection.tls(account.server().ports().imaps());
        line();
        command("LOGIN \"" + account.address() + "\" \"" + account.password() + "\"");
        command("SELECT INBOX");
    }

    MailboxView view() {
        return view;
    }

    /**
     * Sends a command and gives its whole reply, the tagged line last: OK, or NO where the store has refused what
     * collided with another session's.
     */
    List<String> command(String command) {
        String tag = "t" + ++commands;
        connection.write(tag + " " + command + "\r\n");
        said.add("C: " + tag + " " + command);
        return reply(tag, !command.matches("(FETCH|STORE|SEARCH) .*"));
    }

    List<String> append(String message) {
        return command("APPEND INBOX {" + message.length() + "+}\r\n" + message);
    }

    /** Idles until the server says something, or not at all. */
    void idle(boolean waitForSomething) {
        String tag = "t" + ++commands;
        connection.write(tag + " IDLE\r\n");
        said.add("C: " + tag + " IDLE");
        assertThat(line()).startsWith("+");
        if (waitForSomething) {
            view.apply(line());
        }
        connection.write("DONE\r\n");
        reply(tag, true);
    }

    private List<String> reply(String tag, boolean mayExpunge) {
        List<String> reply = new ArrayList<>();
        do {
            String line = line();
            reply.add(line);
            assertThat(mayExpunge || !line.endsWith(" EXPUNGE"))
                    .as("numbers stay while they are used: %s", said)
                    .isTrue();
            view.apply(line);
        } while (!reply.get(reply.size() - 1).startsWith(tag + " "));
        assertThat(reply.get(reply.size() - 1)).as("%s", said).containsPattern("^" + tag + " (OK|NO) ");
        return reply;
    }

    private String line() {
        String line = connection.readLine().orElseThrow(() -> new AssertionError("closed after " + said));
        said.add("S: " + line);
        if (said.size() > 60) {
            said.remove(0);
        }
        return line;
    }

    @Override
    public void close() {
        connection.close();
    }
}
