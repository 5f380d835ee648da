package org.jameschatmail.guice.outgoing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jameschatmail.core.dkim.SigningKey;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.jameschatmail.guice.tls.DurableFile;

/**
 * Replaces the keys that sign, in three steps between which any time may pass: new ones are made and published, then they
 * sign, then the old ones go. What state a key is in stands in the file {@code states} beside the keys, a line each; a
 * key without a line signs. Each step is whole or hasn't happened, also after a kill in its midst.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6376#section-3.1">RFC 6376, section 3.1: selectors</a>
 */
public final class KeyRotation {
    static final String STATES = "states";

    private final Path data;
    private final SecureRandom random;
    private final Clock clock;

    public KeyRotation(Path data, SecureRandom random, Clock clock) {
        this.data = data;
        this.random = random;
        this.clock = clock;
    }

    /** A key with its state. */
    public record Entry(SigningKey key, KeyState state) {}

    /** All keys, RSA first; made where there are none. */
    public List<Entry> entries() throws IOException {
        return SigningKeys.locked(data, folder -> entries(folder, SigningKeys.complete(folder, random)));
    }

    static List<Entry> entries(Path folder, List<SigningKey> keys) throws IOException {
        Map<String, KeyState> states = read(folder.resolve(STATES));
        return keys.stream()
                .map(key -> new Entry(key, states.getOrDefault(key.selector(), KeyState.SIGNING)))
                .toList();
    }

    /**
     * Makes a key of each kind under a new selector, and gives them; they wait.
     *
     * @return none when there are some already that wait
     */
    public List<Entry> rotate() throws IOException {
        return SigningKeys.locked(data, folder -> {
            List<Entry> old = entries(folder, SigningKeys.complete(folder, random));
            if (old.stream().anyMatch(entry -> entry.state() == KeyState.WAITING)) {
                return List.of();
            }
            String stem = freeStem(old);
            List<Entry> made = new ArrayList<>();
            for (Algorithm algorithm : Algorithm.values()) {
                String selector = algorithm == Algorithm.RSA ? stem : stem + "-ed25519";
                made.add(new Entry(SigningKey.generate(selector, algorithm, random), KeyState.WAITING));
            }
            List<Entry> all = new ArrayList<>(old);
            all.addAll(made);
            // First, for a key that isn't in it would sign.
            write(folder, all);
            for (Entry entry : made) {
                SigningKeys.write(folder, entry.key());
            }
            return made;
        });
    }

    /**
     * Lets a key sign, and no other, that another server of the domain has signed with; those that signed here wait until
     * they are published.
     *
     * @throws IOException when there is another key of that selector
     */
    public void adopt(SigningKey key) throws IOException {
        SigningKeys.locked(data, folder -> {
            List<Entry> old = entries(folder, SigningKeys.complete(folder, random));
            for (Entry entry : old) {
                if (entry.key().selector().equals(key.selector())
                        && !entry.key().record().equals(key.record())) {
                    throw new IOException("There is another key of the selector %s already".formatted(key.selector()));
                }
            }
            List<Entry> all = new ArrayList<>(List.of(new Entry(key, KeyState.SIGNING)));
            old.stream()
                    .filter(entry -> !entry.key().selector().equals(key.selector()))
                    .map(entry -> new Entry(
                            entry.key(), entry.state() == KeyState.SIGNING ? KeyState.WAITING : entry.state()))
                    .forEach(all::add);
            // First, for without it none would sign.
            SigningKeys.write(folder, key);
            write(folder, all);
            return all;
        });
    }

    private String freeStem(List<Entry> old) {
        String today =
                "dkim-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE);
        String stem = today;
        for (int number = 2; isTaken(stem, old); number++) {
            stem = today + "-" + number;
        }
        return stem;
    }

    private static boolean isTaken(String stem, List<Entry> old) {
        return old.stream()
                .anyMatch(entry -> entry.key().selector().equals(stem)
                        || entry.key().selector().equals(stem + "-ed25519"));
    }

    /** The keys that wait sign from now on, and those that signed retire. Gives the former; none when none wait. */
    public List<Entry> activate() throws IOException {
        return SigningKeys.locked(data, folder -> {
            List<Entry> old = entries(folder, SigningKeys.complete(folder, random));
            if (old.stream().noneMatch(entry -> entry.state() == KeyState.WAITING)) {
                return List.of();
            }
            List<Entry> all = old.stream()
                    .map(entry -> new Entry(entry.key(), next(entry.state())))
                    .toList();
            write(folder, all);
            return all.stream()
                    .filter(entry -> entry.state() == KeyState.SIGNING)
                    .toList();
        });
    }

    private static KeyState next(KeyState state) {
        return switch (state) {
            case WAITING -> KeyState.SIGNING;
            case SIGNING, RETIRING -> KeyState.RETIRING;
        };
    }

    /** Deletes the keys that retire, and gives them; none when none do. */
    public List<Entry> retire() throws IOException {
        return SigningKeys.locked(data, folder -> {
            List<Entry> old = entries(folder, SigningKeys.complete(folder, random));
            List<Entry> retired = old.stream()
                    .filter(entry -> entry.state() == KeyState.RETIRING)
                    .toList();
            for (Entry entry : retired) {
                SigningKeys.delete(folder, entry.key());
            }
            // Last, for a key that isn't in it would sign.
            write(
                    folder,
                    old.stream()
                            .filter(entry -> entry.state() != KeyState.RETIRING)
                            .toList());
            return retired;
        });
    }

    private static void write(Path folder, List<Entry> entries) throws IOException {
        String lines = entries.stream()
                .map(entry -> entry.key().selector() + " " + entry.state().word() + "\n")
                .collect(Collectors.joining());
        DurableFile.replace(folder.resolve(STATES), lines);
    }

    private static Map<String, KeyState> read(Path file) throws IOException {
        Map<String, KeyState> states = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                states.put(line.split(" ", 2)[0], state(line, file));
            }
        } catch (NoSuchFileException neverRotated) {
            return states;
        }
        return states;
    }

    private static KeyState state(String line, Path file) throws IOException {
        for (KeyState state : KeyState.values()) {
            if (line.endsWith(" " + state.word())) {
                return state;
            }
        }
        throw new IOException("%s has a line that is none: mend it or remove the file".formatted(file));
    }
}
