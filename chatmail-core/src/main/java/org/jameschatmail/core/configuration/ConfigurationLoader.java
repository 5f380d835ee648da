package org.jameschatmail.core.configuration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jameschatmail.core.configuration.ConfigurationResult.Faulty;
import org.jameschatmail.core.configuration.ConfigurationResult.Loaded;

/**
 * Layers the sources over the defaults and checks everything that is set, also what a stronger source replaces. All
 * faults are gathered before it answers; it throws nothing for what an operator can write.
 */
public final class ConfigurationLoader {
    private static final String ENVIRONMENT_PREFIX = "CHATMAIL_";
    /** Variables that the start script reads; they are no keys. */
    private static final Set<String> LAUNCHER_VARIABLES =
            Set.of("CHATMAIL_HOME", "CHATMAIL_JAVA", "CHATMAIL_JAVA_OPTS");

    private final Settings.Builder settings;
    private final Set<Key<?>> faultyKeys = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private ConfigurationLoader(Flavor flavor) {
        this.settings = new Settings.Builder(flavor);
    }

    /** Reads everything once. */
    public static ConfigurationResult load(ConfigurationSources sources) {
        ConfigurationLoader loader = new ConfigurationLoader(sources.flavor());
        ConfigurationFile file = ConfigurationFile.read(sources.file(), sources.fileNeeded());
        loader.faults.addAll(file.faults());
        file.settings().forEach(loader::apply);
        loader.applyEnvironment(sources.environment());
        sources.commandLine().forEach(loader::apply);
        return loader.result();
    }

    private void apply(Setting setting) {
        Optional<Key<?>> known = Keys.named(setting.name());
        if (known.isEmpty()) {
            List<String> names = Keys.all().stream().<String>map(Key::name).toList();
            faults.add(new Fault(setting.origin(), Fault.quote(setting.name()), unknown(setting.name(), names)));
            return;
        }
        assign(known.get(), setting);
    }

    private void applyEnvironment(Map<String, String> environment) {
        Map<String, Key<?>> byVariable = new TreeMap<>();
        Keys.all().forEach(key -> byVariable.put(key.environmentName(), key));
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (!variable.startsWith(ENVIRONMENT_PREFIX) || LAUNCHER_VARIABLES.contains(variable)) {
                return;
            }
            Origin origin = new Origin.EnvironmentVariable(variable);
            Key<?> key = byVariable.get(variable);
            if (key == null) {
                faults.add(new Fault(origin, "", unknown(variable, byVariable.keySet())));
                return;
            }
            assign(key, new Setting(key.name(), text, origin));
        });
    }

    private void assign(Key<?> key, Setting setting) {
        if (settings.assign(key, setting.text(), setting.origin())) {
            return;
        }
        faultyKeys.add(key);
        String value = key.isSecret() ? "the value, which is not shown," : Fault.quote(setting.text());
        String problem = value + " is not accepted; accepted: " + key.syntax().accepted();
        faults.add(new Fault(setting.origin(), key.name(), problem));
    }

    private static String unknown(String name, Iterable<String> known) {
        return "unknown; the nearest known name is " + NearestName.of(name, known);
    }

    private ConfigurationResult result() {
        Settings read = settings.build();
        for (Function<Settings, ?> concern : ChatmailConfiguration.concerns()) {
            try {
                Object unused = concern.apply(read);
            } catch (InvalidSettingException rejected) {
                reject(read, rejected);
            }
        }
        return faults.isEmpty() ? new Loaded(ChatmailConfiguration.from(read), read) : new Faulty(faults);
    }

    /** A key whose text was malformed has been reported: what its concern then says of the default is noise. */
    private void reject(Settings read, InvalidSettingException rejected) {
        if (rejected.keys().stream().anyMatch(faultyKeys::contains)) {
            return;
        }
        Key<?> atFault = rejected.keys().get(0);
        Origin origin = rejected.keys().stream()
                .map(read::origin)
                .filter(place -> !(place instanceof Origin.BuiltIn))
                .findFirst()
                .orElseGet(() -> read.origin(atFault));
        faults.add(new Fault(origin, atFault.name(), rejected.problem()));
    }
}
