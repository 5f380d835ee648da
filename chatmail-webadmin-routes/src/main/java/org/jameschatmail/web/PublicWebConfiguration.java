package org.jameschatmail.web;

import java.net.InetAddress;
import java.util.List;
import org.jameschatmail.core.network.TrustedProxies;

/**
 * Where {@link PublicWebServer} listens. Immutable.
 *
 * @param bindAddresses at least one; {@code 0.0.0.0} together with {@code ::} becomes one dual-stack socket
 * @param httpPort      cleartext; 0 takes a free port for each address
 * @param httpsPort     TLS; 0 takes a free port for each address
 * @param proxies       believed when they say whom a request comes from
 */
public record PublicWebConfiguration(
        List<InetAddress> bindAddresses, int httpPort, int httpsPort, TrustedProxies proxies) {
    /** Without proxies. */
    public PublicWebConfiguration(List<InetAddress> bindAddresses, int httpPort, int httpsPort) {
        this(bindAddresses, httpPort, httpsPort, new TrustedProxies(List.of()));
    }

    public PublicWebConfiguration {
        bindAddresses = List.copyOf(bindAddresses);
        if (bindAddresses.isEmpty()) {
            throw new IllegalArgumentException("bind.address is empty");
        }
        if (httpPort < 0 || httpPort > 65535 || httpsPort < 0 || httpsPort > 65535) {
            throw new IllegalArgumentException("port is outside 0 to 65535: " + httpPort + ", " + httpsPort);
        }
    }
}
