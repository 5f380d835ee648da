package org.jameschatmail.assembly;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.zone.Zone;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.core.zone.ZoneJson;
import org.jameschatmail.core.zone.ZoneReport;
import org.jameschatmail.guice.outgoing.SigningKeys;
import org.jameschatmail.guice.transport.PublishedRecords;

/**
 * {@code chatmail dns}: prints the zone, or compares it with what is published. Needs no running server and disturbs
 * none; keys are made where there are none.
 */
record ZoneCommand(ChatmailConfiguration configuration, Path data, boolean check, boolean json) {

    /** Whether all is as it should be; always, unless it is compared. */
    boolean run(PrintStream out) throws IOException {
        if (!check) {
            Zone zone = zone();
            out.print(json ? ZoneJson.of(zone) : zone.text());
            return true;
        }
        ZoneReport report = report();
        out.print(json ? ZoneJson.of(report) : report.text());
        return report.isGood();
    }

    private Zone zone() throws IOException {
        return Zone.of(configuration, SigningKeys.of(data, new SecureRandom()), publicAddresses());
    }

    /** What is published, compared with what is needed. */
    ZoneReport report() throws IOException {
        Zone zone = zone();
        ZoneCheck published =
                new ZoneCheck(new PublishedRecords(configuration.delivery().dnsServers()));
        return new ZoneReport(published.check(zone.records()), zone.notes());
    }

    /** Those the server listens on; for all of the machine, those of its interfaces that the world can reach. */
    private List<InetAddress> publicAddresses() throws IOException {
        List<InetAddress> bound = configuration.listen().bindAddresses();
        if (bound.stream().noneMatch(InetAddress::isAnyLocalAddress)) {
            return bound.stream().filter(ZoneCommand::isPublic).toList();
        }
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(ZoneCommand::isPublic)
                .map(ZoneCommand::withoutScope)
                .toList();
    }

    private static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || uniqueLocal);
    }

    private static InetAddress withoutScope(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The length was right before", e);
        }
    }
}
