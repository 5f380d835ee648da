package org.jameschatmail.guice.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.core.outgoing.Diagnosis;

/**
 * What an SMTP server answers.
 *
 * @param code 200 to 599
 * @param lines their texts, one or more, without the code
 */
record SmtpReply(int code, List<String> lines) {
    private static final int MAX_LINES = 100;
    private static final int CODE = 3;

    SmtpReply {
        lines = List.copyOf(lines);
    }

    /** @throws IOException when what comes is no reply, too long, or late */
    static SmtpReply read(Wire wire, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        List<String> lines = new ArrayList<>();
        int code = 0;
        while (lines.size() < MAX_LINES) {
            String line = wire.readLine(Duration.ofNanos(deadline - System.nanoTime()));
            int its = code(line);
            if (code != 0 && its != code) {
                throw new IOException("The lines of a reply don't have the same code");
            }
            code = its;
            lines.add(line.substring(Math.min(line.length(), CODE + 1)));
            if (line.length() == CODE || line.charAt(CODE) == ' ') {
                return new SmtpReply(code, lines);
            }
        }
        throw new IOException("A reply has more than " + MAX_LINES + " lines");
    }

    private static int code(String line) throws IOException {
        boolean wellFormed = line.length() >= CODE
                && line.charAt(0) >= '2'
                && line.charAt(0) <= '5'
                && isDigit(line.charAt(1))
                && isDigit(line.charAt(2))
                && (line.length() == CODE || line.charAt(CODE) == ' ' || line.charAt(CODE) == '-');
        if (!wellFormed) {
            throw new IOException("Not an SMTP reply");
        }
        return Integer.parseInt(line.substring(0, CODE));
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    boolean isPositive() {
        return code < 300;
    }

    boolean isIntermediate() {
        return code >= 300 && code < 400;
    }

    /** Why not; a reply that makes no sense here passes. */
    Diagnosis diagnosis(String host) {
        return Diagnosis.remote(code >= 400 ? code : 451, String.join(" ", lines), host);
    }
}
