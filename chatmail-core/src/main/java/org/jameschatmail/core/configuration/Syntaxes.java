package org.jameschatmail.core.configuration;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.address.IpAddress;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.network.AddressRange;

/**
 * The syntaxes that settings are written in.
 *
 * <p>Sizes count in powers of 1024, as IMAP quota and the clients' display do: {@code 500MB} is 500 * 2^20 bytes.
 */
final class Syntaxes {
    private static final Pattern LOCALPART = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final int LONGEST_TEXT = 2000;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern DECIMAL_NUMBER = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?([KMGT]?I?B?)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30, "T", 1L << 40);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6}) ?(s|m|h|d)");
    private static final Map<String, Duration> DURATION_UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Pattern MAIL_ADDRESS = Pattern.compile("[^\\s@<>\"(),:;\\\\]{1,64}@[^\\s@]+");
    private static final int DNS_PORT = 53;
    private static final Set<String> WEB_SCHEMES = Set.of("http", "https");

    private Syntaxes() {}

    static Syntax<Boolean> bool() {
        return Syntax.of("true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static Syntax<Integer> number(int min, int max) {
        return Syntax.of(
                        "a whole number from " + min + " to " + max,
                        text -> matched(WHOLE_NUMBER, text).map(Integer::valueOf))
                .allowing(value -> value >= min && value <= max);
    }

    static Syntax<Double> decimal(double max) {
        return Syntax.of(
                        "a number from 0 to " + max + ", such as 5 or 2.5",
                        text -> matched(DECIMAL_NUMBER, text).map(Double::valueOf))
                .allowing(value -> value >= 0 && value <= max);
    }

    static Syntax<Integer> percent() {
        return Syntax.of(
                        "a percentage from 1 to 100, such as 75",
                        text -> matched(WHOLE_NUMBER, text.endsWith("%") ? text.substring(0, text.length() - 1) : text)
                                .map(Integer::valueOf))
                .allowing(value -> value >= 1 && value <= 100);
    }

    static Syntax<Long> size(long min, long max) {
        return Syntax.of(
                        "a size in bytes or with KB, MB, GB or TB (powers of 1024), such as 500MB, from " + min + " to "
                                + max + " bytes",
                        Syntaxes::readSize)
                .allowing(value -> value >= min && value <= max);
    }

    static Syntax<Duration> duration(Duration min) {
        return Syntax.of(
                        "a duration in s, m, h or d, such as 60s, 5m, 24h or 20d"
                                + (min.isZero() ? "" : ", at least " + min.toSeconds() + "s"),
                        Syntaxes::readDuration)
                .allowing(value -> value.compareTo(min) >= 0);
    }

    static <E extends Enum<E>> Syntax<E> oneOf(Class<E> type) {
        String names =
                Arrays.stream(type.getEnumConstants()).map(Syntaxes::word).collect(Collectors.joining(", "));
        return Syntax.of(
                names,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> word(constant).equals(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }

    static Syntax<Set<String>> localparts() {
        return Syntax.of(
                "localparts in lower case, comma separated, such as team, billing; or empty", Syntaxes::readLocalparts);
    }

    private static Optional<Set<String>> readLocalparts(String text) {
        Set<String> localparts = new LinkedHashSet<>();
        if (!text.isEmpty()) {
            for (String word : text.split(",", -1)) {
                localparts.add(word.strip());
            }
        }
        return localparts.stream().allMatch(word -> LOCALPART.matcher(word).matches())
                ? Optional.of(Collections.unmodifiableSet(localparts))
                : Optional.empty();
    }

    static Syntax<MailDomain> domain() {
        return Syntax.of(
                "a domain such as chat.example, or an address in brackets such as [192.0.2.1] or [IPv6:2001:db8::1]",
                MailDomain::parse);
    }

    static Syntax<List<InetAddress>> ipAddresses() {
        return Syntax.of(
                "IP addresses, comma separated, such as 0.0.0.0, ::",
                text -> Optional.of(separated(text, IpAddress::parse)).filter(list -> !list.isEmpty()));
    }

    static Syntax<List<AddressRange>> addressRanges() {
        return Syntax.of(
                "IP addresses or networks, comma separated, such as 192.0.2.1, 10.0.0.0/8; or empty",
                text -> text.isEmpty()
                        ? Optional.of(List.of())
                        : Optional.of(separated(text, AddressRange::parse)).filter(list -> !list.isEmpty()));
    }

    static Syntax<List<HostAndPort>> nameServers() {
        return Syntax.of(
                "host or host:port, comma separated, such as 192.0.2.1, [::1]:5353; or empty",
                text -> text.isEmpty()
                        ? Optional.of(List.of())
                        : Optional.of(separated(text, item -> HostAndPort.parse(item, DNS_PORT)))
                                .filter(list -> !list.isEmpty()));
    }

    static Syntax<HostAndPort> hostAndPort() {
        return Syntax.of("host:port, such as mx.example:25 or [::1]:25", HostAndPort::parse);
    }

    static Syntax<String> host() {
        return Syntax.of("a host name or an IP address, IPv6 in brackets", HostAndPort::host);
    }

    static Syntax<URI> webAddress() {
        return Syntax.of("a URL that starts with https:// or http://", Syntaxes::readWebAddress);
    }

    static Syntax<String> mailAddress() {
        return Syntax.of(
                "a mail address such as admin@chat.example",
                text -> matched(MAIL_ADDRESS, text)
                        .filter(address -> MailDomain.parse(address.substring(address.indexOf('@') + 1))
                                .isPresent()));
    }

    static Syntax<Path> path() {
        return Syntax.of("a path", text -> {
            try {
                return text(text).map(Path::of);
            } catch (InvalidPathException malformed) {
                return Optional.empty();
            }
        });
    }

    static Syntax<String> jdbcUrl() {
        return Syntax.of(
                "a URL that starts with jdbc:derby: or jdbc:postgresql:",
                text -> text(text).filter(url -> url.startsWith("jdbc:derby:") || url.startsWith("jdbc:postgresql:")));
    }

    static Syntax<String> text() {
        return Syntax.of("text of at most " + LONGEST_TEXT + " characters on one line", Syntaxes::text);
    }

    /** The word that stands for a constant in the file: {@code self-signed} for {@code SELF_SIGNED}. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<String> text(String text) {
        boolean printable = text.chars().noneMatch(Character::isISOControl);
        return Optional.of(text).filter(line -> printable && !line.isEmpty() && line.length() <= LONGEST_TEXT);
    }

    private static Optional<String> matched(Pattern pattern, String text) {
        return Optional.of(text).filter(candidate -> pattern.matcher(candidate).matches());
    }

    private static Optional<Long> readSize(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = size.group(2).toUpperCase(Locale.ROOT).replaceAll("I?B?$", "");
        try {
            return Optional.ofNullable(SIZE_UNITS.get(unit))
                    .map(factor -> Math.multiplyExact(Long.parseLong(size.group(1)), factor));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> readDuration(String text) {
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(DURATION_UNITS.get(duration.group(2)))
                .map(unit -> unit.multipliedBy(Long.parseLong(duration.group(1))));
    }

    private static Optional<URI> readWebAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean webAddress = uri.getScheme() != null
                    && WEB_SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null;
            return webAddress ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** The items of a comma-separated list in their order; empty when one of them is malformed. */
    private static <T> List<T> separated(String text, Function<String, Optional<T>> item) {
        List<T> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Optional<T> value = item.apply(part.strip());
            if (value.isEmpty()) {
                return List.of();
            }
            values.add(value.get());
        }
        return List.copyOf(values);
    }
}
