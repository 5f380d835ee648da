package org.jameschatmail.guice;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationLoader;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.ConfigurationSources;
import org.jameschatmail.core.configuration.Flavor;
import org.jameschatmail.core.configuration.Origin;
import org.jameschatmail.core.configuration.Setting;

/** Configurations made from a few keys, as the command line sets them; the rest are the defaults. */
public final class Configurations {
    private Configurations() {}

    /** For the domain chat.example. */
    public static ChatmailConfiguration with(Map<String, String> keys) {
        List<Setting> settings = new ArrayList<>();
        Origin origin = new Origin.CommandLineOption("--set");
        settings.add(new Setting("domain", "chat.example", origin));
        keys.forEach((name, text) -> settings.add(new Setting(name, text, origin)));
        ConfigurationResult result = ConfigurationLoader.load(new ConfigurationSources(
                Flavor.DISTRIBUTION, Path.of("target/no-such.properties"), false, Map.of(), settings));
        if (result instanceof ConfigurationResult.Loaded loaded) {
            return loaded.configuration();
        }
        throw new AssertionError("Not accepted: " + result);
    }
}
