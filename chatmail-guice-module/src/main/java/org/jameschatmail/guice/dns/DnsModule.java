package org.jameschatmail.guice.dns;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;

/** Our name servers in the place of James'. */
public final class DnsModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(ConfiguredDnsService.class).in(Scopes.SINGLETON);
        bind(DNSJavaService.class).to(ConfiguredDnsService.class);
    }
}
