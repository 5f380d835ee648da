package org.jameschatmail.core.acme;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What has to be remembered of orders over a restart. Immutable; the text form is that of a properties file.
 *
 * @param target who is asked for what; what is remembered holds for the same target alone
 * @param failures in a row
 * @param retryAt not before this time is another order placed
 * @param trouble why the last order failed, in a sentence; empty when it didn't
 * @param renewAt when the present certificate is to be renewed
 * @param adviceAt when the authority is asked again when to renew
 * @param order the address of an order that is under way
 * @param proven the way in which the authority was convinced the last time
 * @param leftOut optional names that the authority refused, each with the time
 */
public record RenewalState(
        String target,
        int failures,
        Optional<Instant> retryAt,
        String trouble,
        Optional<Instant> renewAt,
        Optional<Instant> adviceAt,
        Optional<URI> order,
        Optional<ChallengeType> proven,
        Map<String, Instant> leftOut) {
    private static final String LEFT_OUT = "left-out.";
    private static final int LONGEST_TROUBLE = 1_000;

    public RenewalState {
        leftOut = Map.copyOf(leftOut);
        trouble = trouble.length() > LONGEST_TROUBLE ? trouble.substring(0, LONGEST_TROUBLE) : trouble;
    }

    /** Nothing has happened yet. */
    public static RenewalState of(String target) {
        return new RenewalState(
                target,
                0,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** After an order that failed. */
    public RenewalState failed(String why, Instant nextTry) {
        return new RenewalState(
                target, failures + 1, Optional.of(nextTry), why, renewAt, adviceAt, Optional.empty(), proven, leftOut);
    }

    /** With a new certificate. */
    public RenewalState succeeded(ChallengeType by, Instant nextRenewal) {
        return new RenewalState(
                target,
                0,
                Optional.empty(),
                "",
                Optional.of(nextRenewal),
                Optional.empty(),
                Optional.empty(),
                Optional.of(by),
                leftOut);
    }

    /** With another time of renewal, and when to ask for it again. */
    public RenewalState advised(Instant nextRenewal, Instant nextAdvice) {
        return new RenewalState(
                target,
                failures,
                retryAt,
                trouble,
                Optional.of(nextRenewal),
                Optional.of(nextAdvice),
                order,
                proven,
                leftOut);
    }

    /** While an order is under way, or no more. */
    public RenewalState withOrder(Optional<URI> address) {
        return new RenewalState(target, failures, retryAt, trouble, renewAt, adviceAt, address, proven, leftOut);
    }

    /** Without some names for a while. */
    public RenewalState without(Map<String, Instant> names) {
        return new RenewalState(target, failures, retryAt, trouble, renewAt, adviceAt, order, proven, names);
    }

    /** One property a line. */
    public String text() {
        Map<String, String> lines = new TreeMap<>();
        lines.put("target", target);
        lines.put("failures", Integer.toString(failures));
        lines.put("trouble", trouble.replaceAll("\\p{Cntrl}", " "));
        retryAt.ifPresent(time -> lines.put("retry-at", time.toString()));
        renewAt.ifPresent(time -> lines.put("renew-at", time.toString()));
        adviceAt.ifPresent(time -> lines.put("advice-at", time.toString()));
        order.ifPresent(address -> lines.put("order", address.toString()));
        proven.ifPresent(type -> lines.put("proven", type.word()));
        leftOut.forEach((name, time) -> lines.put(LEFT_OUT + name, time.toString()));
        StringBuilder text = new StringBuilder();
        lines.forEach((name, value) ->
                text.append(escaped(name)).append('=').append(escaped(value)).append('\n'));
        return text.toString();
    }

    /** Reads the text form; nothing when it is none. */
    public static Optional<RenewalState> parse(String text) {
        Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
            String target = lines.getProperty("target");
            if (target == null) {
                return Optional.empty();
            }
            Map<String, Instant> leftOut = new TreeMap<>();
            for (String name : lines.stringPropertyNames()) {
                if (name.startsWith(LEFT_OUT)) {
                    leftOut.put(name.substring(LEFT_OUT.length()), Instant.parse(lines.getProperty(name)));
                }
            }
            return Optional.of(new RenewalState(
                    target,
                    Integer.parseUnsignedInt(lines.getProperty("failures", "0")),
                    read(lines, "retry-at", Instant::parse),
                    lines.getProperty("trouble", ""),
                    read(lines, "renew-at", Instant::parse),
                    read(lines, "advice-at", Instant::parse),
                    read(lines, "order", URI::create),
                    read(lines, "proven", word -> word).flatMap(ChallengeType::named),
                    leftOut));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<T> read(Properties lines, String name, Function<String, T> syntax) {
        return Optional.ofNullable(lines.getProperty(name)).map(syntax);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char character : text.toCharArray()) {
            if (character > '~') {
                escaped.append("\\u%04x".formatted((int) character));
            } else {
                escaped.append("\\=: #!".indexOf(character) < 0 ? "" : "\\").append(character);
            }
        }
        return escaped.toString();
    }
}
