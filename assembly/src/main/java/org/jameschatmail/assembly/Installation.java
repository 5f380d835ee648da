package org.jameschatmail.assembly;

import java.nio.file.Path;
import java.util.Optional;
import org.jameschatmail.core.configuration.Flavor;

/**
 * Where the program lies, as its launcher tells by system properties.
 *
 * @param home the folder that holds {@code conf/} and {@code lib/}; it may be read-only
 * @param flavor picks the defaults
 * @param defaultData the data directory unless {@code --data} names another
 */
record Installation(Path home, Flavor flavor, Path defaultData) {
    private static final String HOME = "chatmail.home";
    private static final String CHECKOUT = "chatmail.checkout";
    private static final String DATA = "data";

    /** With {@code chatmail.checkout} the program runs from a source tree and keeps its data there. */
    static Installation ofSystemProperties() {
        Path home = Path.of(System.getProperty(HOME, ".")).toAbsolutePath().normalize();
        return Optional.ofNullable(System.getProperty(CHECKOUT))
                .map(Path::of)
                .map(checkout -> new Installation(home, Flavor.CHECKOUT, checkout.resolve(DATA)))
                .orElseGet(() -> new Installation(home, Flavor.DISTRIBUTION, home.resolve(DATA)));
    }

    Path conf() {
        return home.resolve("conf");
    }

    Path configurationFile() {
        return conf().resolve("chatmail.properties");
    }

    /** The version in the manifest of the jar; empty text outside a jar. */
    static String version() {
        return Optional.ofNullable(Installation.class.getPackage().getImplementationVersion())
                .map(version -> "James Chatmail " + version)
                .orElse("James Chatmail");
    }
}
