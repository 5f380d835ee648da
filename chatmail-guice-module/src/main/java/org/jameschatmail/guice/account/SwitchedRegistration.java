package org.jameschatmail.guice.account;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.account.RegistrationSwitch;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;

/** What an administrator has switched, else the configuration. Asks the database every five seconds at most. */
@Singleton
public final class SwitchedRegistration implements RegistrationControl {
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private final RegistrationConfiguration configuration;
    private final JdbcSettings settings;
    private final LoadingCache<String, Optional<String>> switched;

    @Inject
    public SwitchedRegistration(RegistrationConfiguration configuration, JdbcSettings settings) {
        this(configuration, settings, Ticker.systemTicker());
    }

    SwitchedRegistration(RegistrationConfiguration configuration, JdbcSettings settings, Ticker ticker) {
        this.configuration = configuration;
        this.settings = settings;
        this.switched = CacheBuilder.newBuilder()
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build(CacheLoader.from(settings::get));
    }

    @Override
    public RegistrationMode mode() {
        return switched(RegistrationSwitch.MODE)
                .map(mode -> RegistrationMode.valueOf(mode.toUpperCase(Locale.ROOT)))
                .orElse(configuration.mode());
    }

    @Override
    public void switchTo(RegistrationMode mode) {
        put(RegistrationSwitch.MODE, mode.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public int perNetwork() {
        return switched(RegistrationSwitch.PER_NETWORK).map(Integer::valueOf).orElse(configuration.ratePerNetwork());
    }

    @Override
    public void limitPerNetwork(int accounts) {
        if (accounts < 0) {
            throw new IllegalArgumentException("accounts is 0 or more, not " + accounts);
        }
        put(RegistrationSwitch.PER_NETWORK, Integer.toString(accounts));
    }

    @Override
    public double guard(Shortage shortage) {
        return switched(RegistrationSwitch.of(shortage)).map(Double::valueOf).orElseGet(() -> switch (shortage) {
            case LOAD -> configuration.guardLoad();
            case MEMORY -> (double) configuration.guardMemory();
            case DISK -> (double) configuration.guardDisk();
        });
    }

    @Override
    public void limitGuard(Shortage shortage, double limit) {
        if (!(limit >= 0)) {
            throw new IllegalArgumentException("limit is 0 or more, not " + limit);
        }
        put(RegistrationSwitch.of(shortage), Double.toString(limit));
    }

    @Override
    public Set<RegistrationSwitch> switched() {
        Set<RegistrationSwitch> found = EnumSet.noneOf(RegistrationSwitch.class);
        for (RegistrationSwitch each : RegistrationSwitch.values()) {
            if (switched(each).isPresent()) {
                found.add(each);
            }
        }
        return found;
    }

    @Override
    public void reset() {
        for (RegistrationSwitch each : RegistrationSwitch.values()) {
            settings.remove(each.key().name());
        }
        switched.invalidateAll();
    }

    private Optional<String> switched(RegistrationSwitch name) {
        return switched.getUnchecked(name.key().name());
    }

    private void put(RegistrationSwitch name, String content) {
        settings.put(name.key().name(), content);
        switched.invalidate(name.key().name());
    }
}
