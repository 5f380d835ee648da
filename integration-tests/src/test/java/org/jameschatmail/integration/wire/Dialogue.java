package org.jameschatmail.integration.wire;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.integration.Deadline;

/**
 * A conversation with a server, written as it is on the wire. Each line of a script is one of:
 *
 * <table>
 * <caption>Lines of a script</caption>
 * <tr><td>{@code C: text}</td><td>send the text and CRLF; neighboring lines leave in one write</td></tr>
 * <tr><td>{@code C! text}</td><td>send the text without a line end</td></tr>
 * <tr><td>{@code S: prefix}</td><td>the next line starts with it</td></tr>
 * <tr><td>{@code S~ regex}</td><td>the whole next line matches; named groups become variables</td></tr>
 * <tr><td>{@code S* prefix}</td><td>read this reply up to the first line that starts with it</td></tr>
 * <tr><td>{@code S? regex}</td><td>read this reply up to the first line that matches wholly; groups as above</td></tr>
 * <tr><td>{@code L~ regex}</td><td>the whole literal that the line before has announced matches</td></tr>
 * <tr><td>{@code TLS}</td><td>the TLS handshake</td></tr>
 * <tr><td>{@code DEFLATE}</td><td>compression in both directions</td></tr>
 * <tr><td>{@code DELIVER}</td><td>the test has a message arrive</td></tr>
 * <tr><td>{@code EOF}</td><td>the server closes the connection</td></tr>
 * <tr><td>{@code # text}</td><td>nothing</td></tr>
 * </table>
 *
 * <p>{@code ${name}} in any line stands for a variable. In sent lines {@code \r}, {@code \n} and {@code \0} (doubled in
 * a text block) stand for the control characters. A deviation, or 30 seconds of silence, fails with all that was said.
 * For use by one thread.
 */
public abstract sealed class Dialogue implements AutoCloseable permits SmtpDialogue, ImapDialogue {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9]*)}");
    private static final Pattern LITERAL = Pattern.compile("S: .*\\{([0-9]+)}");
    private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?<([A-Za-z][A-Za-z0-9]*)>");

    private final LineConnection connection;
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> transcript = new ArrayList<>();
    private Runnable delivery = () -> {
        throw new IllegalStateException("this dialogue delivers nothing");
    };

    Dialogue(LineConnection connection) {
        this.connection = connection;
    }

    final void setVariable(String name, String value) {
        variables.put(name, value);
    }

    /** The value of a variable that was given or captured. */
    public final String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw failure("no variable " + name + " was given or captured");
        }
        return value;
    }

    /** All lines said so far, with {@code C: } or {@code S: } before each. */
    public final List<String> transcript() {
        return List.copyOf(transcript);
    }

    /** What {@code DELIVER} does. */
    final void setDelivery(Runnable delivery) {
        this.delivery = delivery;
    }

    final void converse(String script) {
        StringBuilder unsent = new StringBuilder();
        for (String line : script.lines().toList()) {
            String step = substitute(line);
            if (step.startsWith("C")) {
                unsent.append(outgoing(step));
                continue;
            }
            send(unsent);
            play(step);
        }
        send(unsent);
    }

    private String outgoing(String step) {
        String text = argument(step).replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
        transcript.add("C: " + argument(step));
        return step.startsWith("C!") ? text : text + "\r\n";
    }

    /** Sends characters until all are sent, or the server closes the connection. */
    final boolean isCutOffWhileSendingAll(String characters) {
        try {
            connection.write(characters);
            return connection.readLine().isEmpty();
        } catch (UncheckedIOException e) {
            return !(e.getCause() instanceof SocketTimeoutException);
        }
    }

    /** Sends a character a second until the server says something: that line, or nothing when it closes. */
    final Optional<String> lineAfterDripping(char character, Deadline deadline) {
        return connection.readLineWhileDripping(character, deadline);
    }

    private void send(StringBuilder unsent) {
        if (unsent.isEmpty()) {
            return;
        }
        try {
            connection.write(unsent.toString());
        } catch (UncheckedIOException e) {
            throw failure("cannot send: " + e.getMessage());
        }
        unsent.setLength(0);
    }

    private void play(String step) {
        String expected = argument(step);
        switch (step.split(" ", 2)[0]) {
            case "S:" -> expect(step, line -> line.startsWith(expected));
            case "S~" -> expect(step, line -> matches(line, expected));
            case "S*" -> skipTo(step, line -> line.startsWith(expected));
            case "S?" -> skipTo(step, line -> matches(line, expected));
            case "L~" -> expectLiteral(step, expected);
            case "TLS" -> connection.startTls();
            case "DEFLATE" -> connection.deflate();
            case "DELIVER" -> delivery.run();
            case "EOF" -> expectEnd();
            case "#", "" -> {}
            default -> throw new IllegalArgumentException("not a line of a dialogue: " + step);
        }
    }

    private static String argument(String step) {
        return step.length() > 3 ? step.substring(3) : "";
    }

    private void expect(String step, Predicate<String> accepts) {
        String line = read(step);
        if (!accepts.test(line)) {
            throw failure("expected " + step);
        }
    }

    private void expectLiteral(String step, String regex) {
        Matcher announced = LITERAL.matcher(transcript.get(transcript.size() - 1));
        if (!announced.matches()) {
            throw failure("expected " + step + ", but none was announced");
        }
        int length = Integer.parseInt(announced.group(1));
        String literal = connection.read(length);
        transcript.add("L: " + literal);
        if (literal.length() < length || !matches(literal, regex)) {
            throw failure("expected " + step);
        }
    }

    private void skipTo(String step, Predicate<String> accepts) {
        String line = read(step);
        while (!accepts.test(line)) {
            if (endsReply(line)) {
                throw failure("expected " + step + " before the end of the reply");
            }
            line = read(step);
        }
    }

    /** Whether the server says no more to this command after that line. */
    abstract boolean endsReply(String line);

    private void expectEnd() {
        readLine("EOF").ifPresent(line -> {
            transcript.add("S: " + line);
            throw failure("expected the end of the connection");
        });
    }

    private String read(String step) {
        String line = readLine(step).orElseThrow(() -> failure("expected " + step + ", got the end of the connection"));
        transcript.add("S: " + line);
        return line;
    }

    private Optional<String> readLine(String step) {
        try {
            return connection.readLine();
        } catch (UncheckedIOException e) {
            throw failure("expected " + step + ", got " + e.getCause() + " " + e.getMessage());
        }
    }

    private boolean matches(String line, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        NAMED_GROUP.matcher(regex).results().map(group -> group.group(1)).forEach(name -> {
            if (matcher.group(name) != null) {
                variables.put(name, matcher.group(name));
            }
        });
        return true;
    }

    private String substitute(String line) {
        return VARIABLE.matcher(line).replaceAll(variable -> Matcher.quoteReplacement(variable(variable.group(1))));
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + "; the dialogue was:\n" + String.join("\n", transcript));
    }

    @Override
    public final void close() {
        connection.close();
    }
}
