package org.jameschatmail.core.health;

/** One thing without which the server can't do its work. Thread-safe; answers within seconds. */
public interface HealthCheck {
    /** A word in lower case, such as {@code database}. */
    String name();

    /** Whether it is as it should be; whatever is thrown means that it isn't. */
    boolean isGood() throws Exception;
}
