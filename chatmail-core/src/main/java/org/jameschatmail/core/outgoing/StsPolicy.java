package org.jameschatmail.core.outgoing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which mail hosts a domain says are its own. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8461#section-3.2">RFC 8461, section 3.2</a>
 * @param mode whether others are to be avoided
 * @param hosts names in lower case, some with {@code *.} in front, which stands for one label
 * @param maxAge how long the policy may be kept
 */
public record StsPolicy(Mode mode, List<String> hosts, Duration maxAge) {
    /** What a domain asks for. */
    public enum Mode {
        ENFORCE,
        TESTING,
        NONE
    }

    /** A larger text is none. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_HOSTS = 200;
    private static final Duration LONGEST_AGE = Duration.ofSeconds(31_557_600);
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9_.-]{1,32}):[ \t]*(.*?)[ \t]*");
    private static final Pattern AGE = Pattern.compile("[0-9]{1,10}");
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*\\.?");
    private static final Pattern RECORD =
            Pattern.compile("v=STSv1[ \t]*;(?:[^;]*;)*?[ \t]*id=([A-Za-z0-9]{1,32})[ \t]*(?:;.*)?");

    public StsPolicy {
        hosts = List.copyOf(hosts);
    }

    /** Reads a policy file; nothing when it is malformed, for that counts as none. */
    public static Optional<StsPolicy> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        List<String> hosts = new ArrayList<>();
        for (String line : text.split("\r?\n")) {
            Matcher pair = LINE.matcher(line);
            if (!pair.matches()) {
                if (line.isBlank()) {
                    continue;
                }
                return Optional.empty();
            }
            if (pair.group(1).equals("mx")) {
                hosts.add(pair.group(2).toLowerCase(Locale.ROOT));
            } else {
                values.putIfAbsent(pair.group(1), pair.group(2));
            }
        }
        return of(values, hosts);
    }

    private static Optional<StsPolicy> of(Map<String, String> values, List<String> hosts) {
        Optional<Mode> mode = mode(values.getOrDefault("mode", ""));
        String age = values.getOrDefault("max_age", "");
        boolean sound = values.getOrDefault("version", "").equals("STSv1")
                && AGE.matcher(age).matches()
                && hosts.size() <= MAX_HOSTS
                && hosts.stream().allMatch(host -> HOST.matcher(host).matches());
        if (!sound || mode.isEmpty() || hosts.isEmpty() && mode.get() != Mode.NONE) {
            return Optional.empty();
        }
        long seconds = Math.min(Long.parseLong(age), LONGEST_AGE.toSeconds());
        return Optional.of(new StsPolicy(mode.get(), hosts, Duration.ofSeconds(seconds)));
    }

    private static Optional<Mode> mode(String text) {
        return switch (text) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }

    /**
     * The id in the text of the record {@code _mta-sts.DOMAIN}, by which a change of the policy is noticed; nothing when
     * the record is none of a policy.
     */
    public static Optional<String> idOf(String record) {
        Matcher matcher = RECORD.matcher(record);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether mail may go to a host: any, unless the policy is to be enforced. */
    public boolean permits(String host) {
        return mode != Mode.ENFORCE || names(host);
    }

    /** Whether the policy names a host. */
    public boolean names(String host) {
        String name = withoutFinalDot(host.toLowerCase(Locale.ROOT));
        int dot = name.indexOf('.');
        String wildcard = dot < 0 ? "" : "*" + name.substring(dot);
        return hosts.stream()
                .map(StsPolicy::withoutFinalDot)
                .anyMatch(pattern -> pattern.equals(name) || pattern.equals(wildcard));
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
