package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jameschatmail.benchmarks.load.mail.Ledger;
import org.jameschatmail.benchmarks.load.mail.SealedMail;
import org.jameschatmail.benchmarks.load.measure.Latencies;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.jameschatmail.benchmarks.load.wire.SmtpSession;

/**
 * Phones that sit in IDLE and wait: what each costs in memory shortly after it came, and rested, when a server that puts
 * idle connections aside has done so; then a message to some of them. For a server that has just started: memory that an
 * earlier load left behind would be used again and hide what connections cost.
 */
public final class IdleConnections implements Scenario {
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    private final boolean compressed;
    private final int connections;
    private final int notified;
    private final int bytes;
    private final Duration active;
    private final Duration rested;
    private final Patience patience;

    /**
     * @param compressed whether they use COMPRESS DEFLATE, as the Delta Chat core does
     * @param notified how many of them are sent a message
     * @param bytes of one message
     * @param active after the last one came, when they count as just idle
     * @param rested after the last one came, when they count as rested
     */
    public IdleConnections(
            boolean compressed,
            int connections,
            int notified,
            int bytes,
            Duration active,
            Duration rested,
            Patience patience) {
        this.compressed = compressed;
        this.connections = connections;
        this.notified = Math.min(notified, connections);
        this.bytes = bytes;
        this.active = active;
        this.rested = rested;
        this.patience = patience;
    }

    @Override
    public String name() {
        return compressed ? "idle-compressed" : "idle";
    }

    @Override
    public Sample run(Target target) throws IOException, InterruptedException {
        List<Account> accounts = Sessions.accounts(target, connections + 1);
        Thread.sleep(active.toMillis());
        long before = target.processes().residentKib();
        List<Account> idlers = accounts.subList(0, connections);
        List<ImapSession> sessions =
                compressed ? Sessions.compressedMailboxes(target, idlers) : Sessions.mailboxes(target, idlers);
        try {
            for (ImapSession session : sessions) {
                session.idle();
            }
            try (Listeners listeners = Listeners.hear(sessions)) {
                Thread.sleep(active.toMillis());
                long justIdle = target.processes().residentKib();
                Thread.sleep(rested.minus(active).toMillis());
                long atRest = target.processes().residentKib();
                Ledger ledger = new Ledger();
                Latencies latencies = notifySome(target, accounts, sessions, listeners, ledger);
                double justIdleEach = (double) (justIdle - before) / connections;
                double atRestEach = (double) (atRest - before) / connections;
                return new Sample(
                        compressed
                                ? Map.of(
                                        Metric.COMPRESSED_ACTIVE,
                                        justIdleEach,
                                        Metric.COMPRESSED_RESTED,
                                        atRestEach,
                                        Metric.COMPRESSED_NOTIFIED_P50,
                                        latencies.percentile(50),
                                        Metric.COMPRESSED_NOTIFIED_P99,
                                        latencies.percentile(99))
                                : Map.of(
                                        Metric.RESIDENT,
                                        before / 1024.0,
                                        Metric.IDLE_ACTIVE,
                                        justIdleEach,
                                        Metric.IDLE_RESTED,
                                        atRestEach,
                                        Metric.IDLE_TOTAL,
                                        atRest / 1024.0,
                                        Metric.IDLE_NOTIFIED_P50,
                                        latencies.percentile(50),
                                        Metric.IDLE_NOTIFIED_P99,
                                        latencies.percentile(99)),
                        ledger.integrity());
            }
        } finally {
            Sessions.close(sessions);
        }
    }

    private Latencies notifySome(
            Target target, List<Account> accounts, List<ImapSession> sessions, Listeners listeners, Ledger ledger)
            throws IOException {
        List<Integer> chosen = new ArrayList<>();
        for (int index = 0; index < connections; index++) {
            chosen.add(index);
        }
        Collections.shuffle(chosen);
        Account sender = accounts.get(connections);
        Latencies latencies = new Latencies();
        try (SmtpSession submission = SmtpSession.login(target.submissions(), sender)) {
            for (int index : chosen.subList(0, notified)) {
                ImapSession session = sessions.get(index);
                String recipient = accounts.get(index).address();
                SealedMail mail = SealedMail.random(RANDOM, sender.address(), List.of(recipient), bytes);
                List<Integer> count = List.of(session.exists() + 1);
                long begin = System.nanoTime();
                submission.submit(mail.sender(), mail.recipients(), mail.data());
                latencies.add(listeners.await(List.of(session), count, patience.all()) - begin);
                ledger.unannounced(session.exists() < count.get(0) ? 1 : 0);
            }
        }
        return latencies;
    }
}
