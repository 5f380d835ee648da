package org.jameschatmail.assembly;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.zone.Zone;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.core.zone.ZoneJson;
import org.jameschatmail.core.zone.ZoneReport;
import org.jameschatmail.guice.outgoing.SigningKeys;
import org.jameschatmail.guice.server.PublicAddresses;
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
        return Zone.of(
                configuration, SigningKeys.of(data, new SecureRandom()), PublicAddresses.of(configuration.listen()));
    }

    /** What is published, compared with what is needed. */
    ZoneReport report() throws IOException {
        Zone zone = zone();
        ZoneCheck published =
                new ZoneCheck(new PublishedRecords(configuration.delivery().dnsServers()));
        return new ZoneReport(published.check(zone.records()), zone.notes());
    }
}
