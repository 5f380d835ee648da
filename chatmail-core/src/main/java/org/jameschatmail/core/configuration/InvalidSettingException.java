package org.jameschatmail.core.configuration;

import java.util.List;

/**
 * A configuration record was asked to hold what its keys do not allow. The loader turns it into a {@link Fault};
 * anywhere else it is a bug. The message never holds a secret.
 */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Key<?>> keys;
    private final String problem;

    /** Names the key at fault first, and after it those that it contradicts. */
    InvalidSettingException(String problem, List<Key<?>> keys) {
        super(keys.get(0).name() + ": " + problem);
        this.keys = List.copyOf(keys);
        this.problem = problem;
    }

    /** The key at fault, and after it those that it contradicts. */
    public List<Key<?>> keys() {
        return keys;
    }

    /** What is wrong, to follow the name of the first key. */
    public String problem() {
        return problem;
    }
}
