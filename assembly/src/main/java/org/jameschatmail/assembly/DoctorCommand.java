package org.jameschatmail.assembly;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.account.LocalMachineState;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.doctor.ClockReview;
import org.jameschatmail.core.doctor.Finding;
import org.jameschatmail.core.doctor.HealthReport;
import org.jameschatmail.core.doctor.MachineReview;
import org.jameschatmail.core.doctor.SettingsReview;
import org.jameschatmail.core.doctor.Subject;
import org.jameschatmail.core.doctor.ZoneReview;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.guice.doctor.CertificateExamination;
import org.jameschatmail.guice.doctor.PortsExamination;
import org.jameschatmail.guice.doctor.RemoteClock;
import org.jameschatmail.guice.transport.PeerCall;

/**
 * {@code chatmail doctor}: looks at all that a mail server needs and changes nothing. Needs no running server and disturbs
 * none. Each look ends after some seconds, whatever the network does.
 *
 * @param peer whose mail server is called
 */
record DoctorCommand(ConfigurationResult.Loaded loaded, Path data, String peer) {
    private static final String PORT_25 =
            "Providers often close port 25: ask yours to open it, or set delivery.gateway to a server of theirs.";

    /** What can be said of settings that are wrong. */
    static HealthReport withFaults(List<Fault> faults) {
        List<Finding> findings = new ArrayList<>(SettingsReview.ofFaults(faults));
        findings.add(java());
        return new HealthReport(findings);
    }

    HealthReport report() throws IOException {
        ChatmailConfiguration configuration = loaded.configuration();
        Clock clock = Clock.systemUTC();
        List<Finding> findings = new ArrayList<>(SettingsReview.of(loaded));
        findings.add(java());
        MachineReview machine = new MachineReview(new LocalMachineState(existing(data)), configuration.registration());
        findings.add(machine.disk());
        findings.add(machine.memory());
        PortsExamination ports = new PortsExamination(configuration.listen(), data);
        findings.add(ports.folder());
        findings.add(ports.ports());
        findings.addAll(new CertificateExamination(configuration, data, clock).findings());
        findings.add(clock(clock));
        findings.add(zone());
        findings.add(outgoing());
        return new HealthReport(findings);
    }

    private static Finding java() {
        return MachineReview.java(
                Runtime.version().feature(), Runtime.version() + " of " + System.getProperty("java.vendor"));
    }

    /** The folder itself, or that in which it would be made. */
    private static Path existing(Path folder) {
        Path found = folder.toAbsolutePath();
        while (Files.notExists(found) && found.getParent() != null) {
            found = found.getParent();
        }
        return found;
    }

    private Finding clock(Clock clock) throws IOException {
        Optional<Duration> ahead =
                loaded.configuration().push().url().flatMap(url -> new RemoteClock(url, clock).ahead());
        return new ClockReview(built(), ahead).of(clock.instant());
    }

    /** The time that this class has in its jar. */
    private static Instant built() throws IOException {
        URL self = DoctorCommand.class.getResource("DoctorCommand.class");
        if (self == null) {
            return Instant.EPOCH;
        }
        URLConnection connection = self.openConnection();
        return Instant.ofEpochMilli(connection.getLastModified());
    }

    private Finding zone() throws IOException {
        MailDomain domain = loaded.configuration().relay().domain();
        if (domain.isAddressLiteral() || SettingsReview.isOfThisMachineAlone(domain)) {
            return Finding.ok(Subject.DNS, "nothing to publish for " + domain.text());
        }
        if (Files.notExists(data.resolve("dkim"))) {
            return Finding.fail(
                    Subject.DNS,
                    "the keys that sign are not made yet",
                    "Publish what chatmail dns prints, then ask again.");
        }
        return ZoneReview.of(new ZoneCommand(loaded.configuration(), data, true, false).report());
    }

    private Finding outgoing() {
        DeliveryConfiguration delivery = loaded.configuration().delivery();
        PeerCall call = new PeerCall(delivery.dnsServers());
        return delivery.gateway().isPresent()
                ? outgoing(delivery.gateway().get(), call)
                : outgoing(call.call(new Destination(new MailDomain(peer))));
    }

    private static Finding outgoing(HostAndPort gateway, PeerCall call) {
        return call.call(gateway) instanceof PeerCall.Outcome.Greeted greeted
                ? Finding.ok(Subject.OUTGOING, "everything goes to " + greeted.host() + ", which greets")
                : Finding.fail(
                        Subject.OUTGOING,
                        "everything goes to " + gateway + ", which doesn't greet",
                        "Look at delivery.gateway, and whether that server takes connections from this one.");
    }

    private Finding outgoing(PeerCall.Outcome outcome) {
        if (outcome instanceof PeerCall.Outcome.Greeted greeted) {
            return Finding.ok(Subject.OUTGOING, greeted.host() + " greets at port 25");
        }
        if (outcome instanceof PeerCall.Outcome.WebAlone web) {
            return Finding.warn(
                    Subject.OUTGOING,
                    web.host()
                            + " says nothing at port 25, while port 443 is open: chatmail servers can be reached, others not",
                    PORT_25);
        }
        return outcome instanceof PeerCall.Outcome.Silent silent
                ? Finding.fail(Subject.OUTGOING, silent.host() + " can't be reached at port 25 or 443", PORT_25)
                : Finding.fail(
                        Subject.OUTGOING,
                        "no mail host of " + peer + " is known",
                        "Look at dns.server and /etc/resolv.conf, or name another --peer.");
    }
}
