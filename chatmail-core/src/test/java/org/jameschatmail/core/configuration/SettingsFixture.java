package org.jameschatmail.core.configuration;

import java.util.Map;

/** Settings made from a few keys, the rest being the defaults of a checkout. */
final class SettingsFixture {
    private SettingsFixture() {}

    static Settings settings(Map<String, String> texts) {
        Settings.Builder builder = new Settings.Builder(Flavor.CHECKOUT);
        texts.forEach((name, text) -> {
            Key<?> key = Keys.named(name).orElseThrow(() -> new AssertionError("No such key: " + name));
            if (!builder.assign(key, text, new Origin.CommandLineOption("--set"))) {
                throw new AssertionError("Not accepted: " + name + "=" + text);
            }
        });
        return builder.build();
    }
}
