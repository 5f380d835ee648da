package org.jameschatmail.guice.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import javax.inject.Inject;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;

/**
 * James' look-ups (MX above all) by the servers of {@code dns.server}; dnsservice.xml alone can't name a port. Without
 * that key James asks the system's servers.
 */
public final class ConfiguredDnsService extends DNSJavaService {
    private final List<HostAndPort> servers;

    @Inject
    public ConfiguredDnsService(MetricFactory metricFactory, DeliveryConfiguration delivery) {
        super(metricFactory);
        this.servers = delivery.dnsServers();
    }

    @Override
    public void init() throws Exception {
        super.init();
        if (servers.isEmpty()) {
            return;
        }
        List<Resolver> resolvers =
                servers.stream().map(ConfiguredDnsService::resolver).toList();
        resolver = new ExtendedResolver(resolvers);
        Lookup.setDefaultResolver(resolver);
    }

    /** In a container, or on a machine without a full name, it isn't known; no start fails for that. */
    @Override
    public InetAddress getLocalHost() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private static Resolver resolver(HostAndPort server) {
        return new SimpleResolver(new InetSocketAddress(server.host(), server.port()));
    }
}
