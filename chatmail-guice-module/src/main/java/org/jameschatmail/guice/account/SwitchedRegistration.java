package org.jameschatmail.guice.account;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.RegistrationMode;

/** What an administrator has switched, else the configuration. Asks the database every five seconds at most. */
@Singleton
public final class SwitchedRegistration implements RegistrationControl {
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final String MODE = "registration.mode";
    private static final String PER_NETWORK = "registration.rate.per-network";

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
        return switched.getUnchecked(MODE)
                .map(mode -> RegistrationMode.valueOf(mode.toUpperCase(Locale.ROOT)))
                .orElse(configuration.mode());
    }

    @Override
    public void switchTo(RegistrationMode mode) {
        put(MODE, mode.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public int perNetwork() {
        return switched.getUnchecked(PER_NETWORK).map(Integer::valueOf).orElse(configuration.ratePerNetwork());
    }

    @Override
    public void limitPerNetwork(int accounts) {
        if (accounts < 0) {
            throw new IllegalArgumentException("accounts is 0 or more, not " + accounts);
        }
        put(PER_NETWORK, Integer.toString(accounts));
    }

    private void put(String name, String content) {
        settings.put(name, content);
        switched.invalidate(name);
    }
}
