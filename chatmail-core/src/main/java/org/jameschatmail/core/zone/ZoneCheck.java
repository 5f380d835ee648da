package org.jameschatmail.core.zone;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the records that are needed with those that are published. Thread-safe when its look-up is. */
public final class ZoneCheck {
    private final Lookup lookup;

    public ZoneCheck(Lookup lookup) {
        this.lookup = lookup;
    }

    /** Asks the name service. */
    @FunctionalInterface
    public interface Lookup {
        /**
         * What is published under a name, aliases followed.
         *
         * @param type never {@link RecordType#CNAME}
         * @return the values in the form of {@link ZoneRecord#value}; nothing when that isn't known now
         */
        Optional<List<String>> values(String name, RecordType type);
    }

    /** What there is in the place of a record. */
    public sealed interface State {
        /** For people and for programs. */
        String word();

        /** What is needed. */
        record Published() implements State {
            @Override
            public String word() {
                return "published";
            }
        }

        /** Nothing. */
        record Missing() implements State {
            @Override
            public String word() {
                return "missing";
            }
        }

        /** Something else, or more. */
        record Different(List<String> published) implements State {
            @Override
            public String word() {
                return "different";
            }
        }

        /** The name service couldn't be asked. */
        record Unknown() implements State {
            @Override
            public String word() {
                return "unknown";
            }
        }
    }

    /** A record and what there is in its place. */
    public record Finding(ZoneRecord record, State state) {
        public boolean isGood() {
            return state instanceof State.Published;
        }
    }

    /** One finding for each record, in their order. */
    public List<Finding> check(List<ZoneRecord> records) {
        Map<String, Set<String>> together = new LinkedHashMap<>();
        for (ZoneRecord record : records) {
            together.computeIfAbsent(set(record), key -> new HashSet<>()).add(normal(record, record.value()));
        }
        List<Finding> findings = new ArrayList<>();
        for (ZoneRecord record : records) {
            State state = record.type() == RecordType.CNAME
                    ? stateOfAlias(record)
                    : state(record, together.getOrDefault(set(record), Set.of()));
            findings.add(new Finding(record, state));
        }
        return findings;
    }

    private static String set(ZoneRecord record) {
        return record.name() + " " + record.type() + " " + kind(record, record.value());
    }

    /** @param needed all values of this name and type, which share their set of records */
    private State state(ZoneRecord record, Set<String> needed) {
        Optional<List<String>> published = lookup.values(record.name(), record.type());
        if (published.isEmpty()) {
            return new State.Unknown();
        }
        String kind = kind(record, record.value());
        List<String> ofKind = published.get().stream()
                .filter(value -> kind(record, value).equals(kind))
                .toList();
        if (ofKind.isEmpty()) {
            return new State.Missing();
        }
        List<String> normal =
                ofKind.stream().map(value -> normal(record, value)).toList();
        boolean there = normal.contains(normal(record, record.value()));
        boolean nothingElse = needed.containsAll(normal) && new HashSet<>(normal).size() == normal.size();
        return there && (nothingElse || record.type() == RecordType.CAA)
                ? new State.Published()
                : new State.Different(ofKind);
    }

    /** An alias may as well be addresses of its own, when they are those of its target. */
    private State stateOfAlias(ZoneRecord record) {
        Optional<Set<String>> aliased = addresses(record.name());
        Optional<Set<String>> wanted = addresses(record.value());
        if (aliased.isEmpty() || wanted.isEmpty()) {
            return new State.Unknown();
        }
        if (aliased.get().isEmpty()) {
            return new State.Missing();
        }
        return aliased.equals(wanted) ? new State.Published() : new State.Different(List.copyOf(aliased.get()));
    }

    private Optional<Set<String>> addresses(String name) {
        Optional<List<String>> four = lookup.values(name, RecordType.A);
        Optional<List<String>> six = lookup.values(name, RecordType.AAAA);
        if (four.isEmpty() || six.isEmpty()) {
            return Optional.empty();
        }
        Set<String> addresses = new TreeSet<>(four.get());
        addresses.addAll(six.get());
        return Optional.of(addresses);
    }

    /** Texts of several kinds live under one name; the first tag tells them apart. */
    private static String kind(ZoneRecord record, String value) {
        if (record.type() != RecordType.TXT || record.name().contains("._domainkey.")) {
            return "";
        }
        return value.split("[ ;]", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static String normal(ZoneRecord record, String value) {
        if (record.type() == RecordType.TXT) {
            return List.of(value.split(";")).stream()
                    .map(tag -> tag.strip().replaceAll("\\s+", " "))
                    .filter(tag -> !tag.isEmpty())
                    .collect(Collectors.joining(";"));
        }
        String spaced = value.strip().replaceAll("\\s+", " ");
        return spaced.toLowerCase(Locale.ROOT);
    }
}
