package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jameschatmail.benchmarks.load.mail.Ledger;
import org.jameschatmail.benchmarks.load.mail.SealedMail;
import org.jameschatmail.benchmarks.load.measure.Latencies;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.measure.Window;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.jameschatmail.benchmarks.load.wire.SmtpSession;

/**
 * One message to a group, all of whose members sit in IDLE: from the start of its submission until the last one is
 * told.
 *
 * @param members recipients of each message
 * @param messages one after the other
 * @param bytes of one message
 */
public record GroupFanOut(int members, int messages, int bytes, Patience patience) implements Scenario {
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    @Override
    public String name() {
        return "group";
    }

    @Override
    public Sample run(Target target) throws IOException, InterruptedException {
        List<Account> accounts = Sessions.accounts(target, members + 1);
        Account sender = accounts.get(members);
        List<Account> group = accounts.subList(0, members);
        List<String> addresses = group.stream().map(Account::address).toList();
        List<SealedMail> mails = IntStream.range(0, messages)
                .mapToObj(index -> SealedMail.random(RANDOM, sender.address(), addresses, bytes))
                .toList();
        Ledger ledger = new Ledger();
        mails.forEach(mail -> addresses.forEach(address -> ledger.expect(address, mail.messageId())));
        List<ImapSession> sessions = Sessions.mailboxes(target, group);
        for (ImapSession session : sessions) {
            session.idle();
        }
        try (SmtpSession submission = SmtpSession.login(target.submissions(), sender);
                Listeners listeners = Listeners.hear(sessions)) {
            Latencies complete = new Latencies();
            Window window = Window.open(target.processes());
            for (SealedMail mail : mails) {
                List<Integer> counts =
                        sessions.stream().map(session -> session.exists() + 1).toList();
                long begin = System.nanoTime();
                submission.submit(mail.sender(), mail.recipients(), mail.data());
                complete.add(listeners.await(sessions, counts, patience.all()) - begin);
            }
            Window.Usage usage = window.close();
            List<Integer> announced = sessions.stream().map(ImapSession::exists).toList();
            listeners.leave();
            settle(group, sessions, announced, ledger);
            return sample(usage, complete, ledger);
        } finally {
            Sessions.close(sessions);
        }
    }

    private static void settle(List<Account> group, List<ImapSession> sessions, List<Integer> announced, Ledger ledger)
            throws IOException {
        for (int index = 0; index < sessions.size(); index++) {
            ImapSession session = sessions.get(index);
            session.noop();
            List<String> found = session.fetchNewMessageIds().stream()
                    .map(Recipient::messageId)
                    .toList();
            ledger.unannounced(Math.max(0, found.size() - announced.get(index)));
            ledger.found(group.get(index).address(), found);
        }
    }

    private Sample sample(Window.Usage usage, Latencies complete, Ledger ledger) {
        return new Sample(
                Map.of(
                        Metric.GROUP_P50, complete.percentile(50),
                        Metric.GROUP_P90, complete.percentile(90),
                        Metric.GROUP_P99, complete.percentile(99),
                        Metric.GROUP_CPU, usage.serverMillisEach((long) messages * members)),
                ledger.integrity());
    }
}
