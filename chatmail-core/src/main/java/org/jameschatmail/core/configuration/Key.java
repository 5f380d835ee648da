package org.jameschatmail.core.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One row of the table of keys: {@link Keys}. Immutable.
 *
 * @param name the name in the file, such as {@code quota.storage}
 * @param syntax how the text becomes a value
 * @param defaultText the default, in the distribution; written as an operator would
 * @param checkoutDefaultText the default from a checkout
 * @param meaning one sentence for the shipped file and the operator guide, with the unit where the syntax has none
 * @param mask turns a value's text into what may be printed; hides the secret part, or nothing
 */
public record Key<T>(
        String name,
        Syntax<T> syntax,
        String defaultText,
        String checkoutDefaultText,
        String meaning,
        UnaryOperator<String> mask) {
    private static final String ENVIRONMENT_PREFIX = "CHATMAIL_";
    private static final UnaryOperator<String> NOTHING_HIDDEN = text -> text;

    static <T> Key<T> of(String name, Syntax<T> syntax, String defaultText, String meaning) {
        return new Key<>(name, syntax, defaultText, defaultText, meaning, NOTHING_HIDDEN);
    }

    /** The environment variable that sets this key: {@code CHATMAIL_QUOTA_STORAGE}. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX
                + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The default as an operator would write it; empty when there is none. */
    public String defaultText(Flavor flavor) {
        return switch (flavor) {
            case CHECKOUT -> checkoutDefaultText;
            case DISTRIBUTION -> defaultText;
        };
    }

    /** The default's value; empty when the operator must give one. */
    public Optional<T> defaultValue(Flavor flavor) {
        return syntax.parse(defaultText(flavor));
    }

    /** Whether the value is a secret or may hold one. */
    public boolean isSecret() {
        return mask != NOTHING_HIDDEN;
    }

    Key<T> inCheckout(String checkoutText) {
        return new Key<>(name, syntax, defaultText, checkoutText, meaning, mask);
    }

    Key<T> masked(UnaryOperator<String> newMask) {
        return new Key<>(name, syntax, defaultText, checkoutDefaultText, meaning, newMask);
    }

    /** Gives the value back when this key allows it, for the compact constructors. */
    T require(T value) {
        if (!syntax.allowed().test(value)) {
            throw rejected("not allowed; accepted: " + syntax.accepted());
        }
        return value;
    }

    /** This key is at fault, alone or because of what other keys say. */
    InvalidSettingException rejected(String problem, Key<?>... contradicted) {
        List<Key<?>> keys = new ArrayList<>(List.of(contradicted));
        keys.add(0, this);
        return new InvalidSettingException(problem, keys);
    }

    @Override
    public String toString() {
        return name;
    }
}
