package org.jameschatmail.integration.server;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a test wants its server. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * ServerSettings.forDomain("chat.example")
 *         .set("registration.mode", "closed")
 *         .environment("JAVA_HOME", "/usr/lib/jvm/temurin-25-jdk-amd64");
 * }</pre>
 *
 * @param domain the mail domain
 * @param keys keys of {@code conf/chatmail.properties}, given as {@code --set key=value}
 * @param environment added to the environment of this process; {@code JAVA_HOME} chooses the JDK
 */
public record ServerSettings(String domain, Map<String, String> keys, Map<String, String> environment) {
    public ServerSettings {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        environment = Map.copyOf(environment);
    }

    /** A server on loopback that makes accounts even while the machine is busy with tests, and tells no notification proxy. */
    public static ServerSettings forDomain(String domain) {
        return new ServerSettings(domain, Map.of(), Map.of())
                .set("bind.address", "127.0.0.1")
                .set("registration.guard.load", "0")
                .set("push.url", "");
    }

    public ServerSettings set(String key, String value) {
        return new ServerSettings(domain, with(keys, key, value), environment);
    }

    public ServerSettings environment(String name, String value) {
        return new ServerSettings(domain, keys, with(environment, name, value));
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        Map<String, String> changed = new LinkedHashMap<>(map);
        changed.put(key, value);
        return changed;
    }
}
