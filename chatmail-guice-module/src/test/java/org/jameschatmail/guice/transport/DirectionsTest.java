package org.jameschatmail.guice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.guice.transport.Directions.Way;
import org.jameschatmail.protocols.dkim.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

class DirectionsTest {
    private final Dialer dialer = new Dialer();
    private NameServer dns;
    private Directions directions;

    @BeforeEach
    void startNameServer() throws IOException {
        dns = NameServer.start();
        NameService names = new NameService(List.of(dns.address()));
        TransportCounters counters = TransportCounters.of(new RecordingMetricFactory());
        StsPolicies policies = new StsPolicies(names, dialer, new RemotePorts(1, 1), counters, Clock.systemUTC());
        directions = new Directions(names, policies, counters, new Random(1));
    }

    @AfterEach
    void stopNameServer() throws IOException {
        dialer.close();
        dns.close();
    }

    private static Name name(String text) throws TextParseException {
        return Name.fromString(text, Name.root);
    }

    private static Record mx(String domain, int preference, String host) throws TextParseException {
        return new MXRecord(name(domain), DClass.IN, 60, preference, name(host));
    }

    private static Record a(String host, String address) throws IOException {
        return new ARecord(name(host), DClass.IN, 60, InetAddress.getByName(address));
    }

    private Way to(String domain) {
        return directions.to(Destination.parse(domain).orElseThrow());
    }

    private List<RemoteHost> hosts(String domain) {
        return ((Way.Hosts) to(domain)).hosts();
    }

    private Way.Nowhere nowhere(String domain) {
        return (Way.Nowhere) to(domain);
    }

    @Test
    void hostsShouldComeByPreferenceWithTheirAddresses() throws Exception {
        dns.records("peer.test", mx("peer.test", 20, "b.peer.test"), mx("peer.test", 10, "a.peer.test"));
        dns.records(
                "a.peer.test",
                a("a.peer.test", "192.0.2.1"),
                new AAAARecord(name("a.peer.test"), DClass.IN, 60, InetAddress.getByName("2001:db8::1")));
        dns.records("b.peer.test", a("b.peer.test", "192.0.2.2"));

        assertThat(hosts("peer.test"))
                .containsExactly(
                        new RemoteHost(
                                "a.peer.test",
                                List.of(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("2001:db8::1")),
                                true),
                        new RemoteHost("b.peer.test", List.of(InetAddress.getByName("192.0.2.2")), true));
    }

    @Test
    void domainShouldBeItsOwnHostWhenItNamesNone() throws Exception {
        dns.records("peer.test", a("peer.test", "192.0.2.1"));

        assertThat(hosts("peer.test")).extracting(RemoteHost::name).containsExactly("peer.test");
    }

    @Test
    void aliasesShouldBeFollowed() throws Exception {
        dns.records("alias.test", new CNAMERecord(name("alias.test"), DClass.IN, 60, name("peer.test")));
        dns.records("peer.test", mx("peer.test", 10, "mx.peer.test"));
        dns.records("mx.peer.test", a("mx.peer.test", "192.0.2.1"));

        assertThat(hosts("alias.test")).extracting(RemoteHost::name).containsExactly("mx.peer.test");
    }

    @Test
    void certificateShouldNotNeedToBeKnownWhenTheDomainCanNotHaveOne() throws Exception {
        dns.records("_peer.test", a("_peer.test", "192.0.2.1"));

        assertThat(hosts("_peer.test")).extracting(RemoteHost::known).containsExactly(false);
        assertThat(hosts("[192.0.2.9]"))
                .containsExactly(new RemoteHost("192.0.2.9", List.of(InetAddress.getByName("192.0.2.9")), false));
    }

    @Test
    void answerOfTheNameServiceShouldBeTellableFromTrouble() throws Exception {
        dns.records("null.test", mx("null.test", 0, "."));
        dns.rcode("failing.test", Rcode.SERVFAIL);
        dns.answer("empty.test", reply -> reply);
        dns.records("nohost.test", mx("nohost.test", 10, "gone.test"));

        assertThat(nowhere("null.test").diagnosis().codes()).isEqualTo("556 5.1.10");
        assertThat(nowhere("unknown.test").diagnosis().codes()).isEqualTo("512 5.1.2");
        assertThat(nowhere("empty.test").diagnosis().codes()).isEqualTo("512 5.1.2");
        assertThat(nowhere("unknown.test").answered()).isTrue();
        assertThat(nowhere("failing.test").diagnosis().codes()).isEqualTo("451 4.4.3");
        assertThat(nowhere("nohost.test").diagnosis().codes()).isEqualTo("451 4.4.3");
        assertThat(nowhere("failing.test").answered()).isFalse();
    }

    @Test
    void troubleShouldNotBeRemembered() throws Exception {
        dns.rcode("peer.test", Rcode.SERVFAIL);
        assertThat(to("peer.test")).isInstanceOf(Way.Nowhere.class);
        dns.records("peer.test", a("peer.test", "192.0.2.1"));

        assertThat(to("peer.test")).isInstanceOf(Way.Hosts.class);
        int asked = dns.questions("peer.test");
        to("peer.test");
        assertThat(dns.questions("peer.test")).isEqualTo(asked);
    }
}
