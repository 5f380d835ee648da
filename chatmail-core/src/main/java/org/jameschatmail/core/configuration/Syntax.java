package org.jameschatmail.core.configuration;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How the text of a setting becomes a value, and what to tell somebody whose text does not. The syntaxes themselves
 * stand in {@link Syntaxes}.
 *
 * @param accepted what is taken, with an example, to follow the words "accepted:"
 * @param reader the value of a text without surrounding blanks, or empty when the text is malformed
 * @param allowed which of the readable values are allowed
 */
public record Syntax<T>(String accepted, Function<String, Optional<T>> reader, Predicate<T> allowed) {

    static <T> Syntax<T> of(String accepted, Function<String, Optional<T>> reader) {
        return new Syntax<>(accepted, reader, value -> true);
    }

    /** The value, or empty when the text is malformed or its value not allowed. */
    public Optional<T> parse(String text) {
        return reader.apply(text.strip()).filter(allowed);
    }

    /** The same syntax with fewer values, which {@link #accepted()} already tells. */
    Syntax<T> allowing(Predicate<T> limit) {
        return new Syntax<>(accepted, reader, allowed.and(limit));
    }

    /** The same syntax, where an empty text stands for no value. */
    Syntax<Optional<T>> orEmpty() {
        return new Syntax<>(
                accepted + "; or empty",
                text -> text.isEmpty()
                        ? Optional.of(Optional.empty())
                        : reader.apply(text).map(Optional::of),
                value -> value.isEmpty() || allowed.test(value.get()));
    }
}
