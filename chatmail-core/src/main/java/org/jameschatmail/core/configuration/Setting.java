package org.jameschatmail.core.configuration;

/**
 * One assignment as somebody wrote it, not yet checked. The text form leaves the value out: it may be a secret.
 *
 * @param name the name of a key, or what somebody took for one
 * @param text the value's text
 * @param origin where it stands
 */
public record Setting(String name, String text, Origin origin) {
    @Override
    public String toString() {
        return "Setting[name=" + name + ", origin=" + origin + "]";
    }
}
