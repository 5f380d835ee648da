package org.jameschatmail.core.configuration;

import java.util.List;
import org.jameschatmail.core.network.AddressRange;
import org.jameschatmail.core.network.TrustedProxies;

/**
 * Proxies in front of the server.
 *
 * @param trusted none is off
 */
public record ProxyConfiguration(List<AddressRange> trusted) {
    public static final ProxyConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public ProxyConfiguration {
        trusted = List.copyOf(trusted);
    }

    public static ProxyConfiguration from(Settings settings) {
        return new ProxyConfiguration(settings.get(Keys.PROXY_TRUSTED));
    }

    public TrustedProxies proxies() {
        return new TrustedProxies(trusted);
    }
}
