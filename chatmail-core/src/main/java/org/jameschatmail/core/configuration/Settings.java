package org.jameschatmail.core.configuration;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checked value of each key, with where it came from. Immutable; printing it shows no secret.
 */
public final class Settings {
    private final Flavor flavor;
    private final Map<Key<?>, Assigned> assigned;

    /** One key's value; {@code value} is what the key's syntax made of {@code text}. */
    private record Assigned(Object value, String text, Origin origin) {}

    private Settings(Flavor flavor, Map<Key<?>, Assigned> assigned) {
        this.flavor = flavor;
        this.assigned = assigned;
    }

    /** The defaults alone; a key without one, as {@code domain} in the distribution, has no value. */
    public static Settings defaults(Flavor flavor) {
        return new Builder(flavor).build();
    }

    /**
     * The value of a key.
     *
     * @throws InvalidSettingException when the key has no default and nobody set it
     */
    @SuppressWarnings("unchecked")
    public <T> T get(Key<T> key) {
        Assigned found = assigned.get(key);
        if (found == null) {
            throw key.rejected("needs a value; accepted: " + key.syntax().accepted());
        }
        return (T) found.value();
    }

    /** Where the value of a key came from. */
    public Origin origin(Key<?> key) {
        return Optional.ofNullable(assigned.get(key)).map(Assigned::origin).orElse(new Origin.BuiltIn(flavor));
    }

    /** The value of a key as it may be printed: as written, secrets masked. */
    public String printable(Key<?> key) {
        return Optional.ofNullable(assigned.get(key))
                .map(found -> key.mask().apply(found.text()))
                .orElse("");
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (Key<?> key : Keys.all()) {
            lines.append(key.name()).append('=').append(printable(key)).append('\n');
        }
        return lines.toString();
    }

    /** Starts from the defaults; later assignments replace earlier ones. */
    static final class Builder {
        private final Flavor flavor;
        private final Map<Key<?>, Assigned> assigned = new LinkedHashMap<>();

        Builder(Flavor flavor) {
            this.flavor = flavor;
            for (Key<?> key : Keys.all()) {
                assign(key, key.defaultText(flavor), new Origin.BuiltIn(flavor));
            }
        }

        /** Takes the text when the key's syntax does; otherwise changes nothing and answers false. */
        boolean assign(Key<?> key, String text, Origin origin) {
            Optional<?> value = key.syntax().parse(text);
            value.ifPresent(parsed -> assigned.put(key, new Assigned(parsed, text.strip(), origin)));
            return value.isPresent();
        }

        Settings build() {
            return new Settings(flavor, new LinkedHashMap<>(assigned));
        }
    }
}
