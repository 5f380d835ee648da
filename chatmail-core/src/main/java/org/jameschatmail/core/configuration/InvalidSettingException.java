package org.jameschatmail.core.configuration;

/**
 * A configuration record was asked to hold what its key does not allow. The loader turns it into a {@link Fault};
 * anywhere else it is a bug. The message never holds the value, which may be a secret.
 */
public final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String problem;

    InvalidSettingException(Key<?> key, String problem) {
        super(key.name() + ": " + problem);
        this.key = key.name();
        this.problem = problem;
    }

    /** The name of the key at fault. */
    public String key() {
        return key;
    }

    /** What is wrong, to follow the key's name. */
    public String problem() {
        return problem;
    }
}
