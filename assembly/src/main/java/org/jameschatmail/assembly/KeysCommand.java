package org.jameschatmail.assembly;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.jameschatmail.core.commandline.Command.KeyStep;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.zone.RecordType;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.core.zone.ZoneRecord;
import org.jameschatmail.core.zone.ZoneReport;
import org.jameschatmail.guice.outgoing.KeyRotation;
import org.jameschatmail.guice.outgoing.KeyState;
import org.jameschatmail.guice.transport.PublishedRecords;

/** {@code chatmail dkim}: shows or replaces the keys that sign, one step at a time. A running server heeds it. */
record KeysCommand(ChatmailConfiguration configuration, Path data, KeyStep step, boolean force) {

    /** Whether the step was done. */
    boolean run(PrintStream out) throws IOException {
        KeyRotation rotation = new KeyRotation(data, new SecureRandom(), Clock.systemUTC());
        return switch (step) {
            case LIST -> list(rotation, out);
            case ROTATE -> rotate(rotation, out);
            case ACTIVATE -> activate(rotation, out);
            case RETIRE -> retire(rotation, out);
        };
    }

    private static boolean list(KeyRotation rotation, PrintStream out) throws IOException {
        rotation.entries()
                .forEach(entry -> out.printf(
                        "%-8s  %s%n", entry.state().word(), entry.key().selector()));
        return true;
    }

    private boolean rotate(KeyRotation rotation, PrintStream out) throws IOException {
        List<KeyRotation.Entry> made = rotation.rotate();
        if (made.isEmpty()) {
            out.println("New keys wait already. Publish what chatmail dns prints, then: chatmail dkim activate");
            return false;
        }
        out.println(
                "; New keys, which don't sign yet. Publish these records beside the others, then: chatmail dkim activate");
        records(made).forEach(record -> out.println(record.line()));
        return true;
    }

    private boolean activate(KeyRotation rotation, PrintStream out) throws IOException {
        List<KeyRotation.Entry> waiting = rotation.entries().stream()
                .filter(entry -> entry.state() == KeyState.WAITING)
                .toList();
        if (waiting.isEmpty()) {
            out.println("No new keys wait. To make some: chatmail dkim rotate");
            return false;
        }
        ZoneReport published = new ZoneReport(
                new ZoneCheck(new PublishedRecords(configuration.delivery().dnsServers())).check(records(waiting)),
                List.of());
        if (!force && !published.isGood()) {
            out.print(published.text());
            out.println("The old keys sign on: others couldn't verify the new ones. --force doesn't ask.");
            return false;
        }
        out.println("These sign from now on: " + selectors(rotation.activate()));
        out.println("Leave the records of the old ones for a week, for what is on its way, then: chatmail dkim retire");
        return true;
    }

    private boolean retire(KeyRotation rotation, PrintStream out) throws IOException {
        List<KeyRotation.Entry> retired = rotation.retire();
        if (retired.isEmpty()) {
            out.println("No old keys are left.");
            return false;
        }
        out.println("Deleted: " + selectors(retired));
        out.println("Take these names out of the DNS: "
                + records(retired).stream().map(ZoneRecord::name).collect(Collectors.joining(", ")));
        return true;
    }

    private static String selectors(List<KeyRotation.Entry> entries) {
        return entries.stream().map(entry -> entry.key().selector()).collect(Collectors.joining(", "));
    }

    private List<ZoneRecord> records(List<KeyRotation.Entry> entries) {
        String domain = configuration.relay().domain().text();
        return entries.stream()
                .map(entry -> new ZoneRecord(
                        entry.key().selector() + "._domainkey." + domain,
                        RecordType.TXT,
                        entry.key().record()))
                .toList();
    }
}
