package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jameschatmail.benchmarks.load.mail.Integrity;
import org.jameschatmail.benchmarks.load.mail.Ledger;
import org.jameschatmail.benchmarks.load.mail.SealedMail;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.measure.Window;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.ImapSession;
import org.jameschatmail.benchmarks.load.wire.SmtpSession;

/**
 * A phone that comes back after a while: fetches all that has gathered, marks it deleted, expunges it.
 *
 * @param messages in the mailbox
 * @param bytes of one message
 */
public record Drain(int messages, int bytes, Patience patience) implements Scenario {
    private static final int SENDERS = 10;

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public Sample run(Target target) throws IOException, InterruptedException {
        List<Account> accounts = Sessions.accounts(target, SENDERS + 1);
        Account owner = accounts.get(SENDERS);
        Ledger ledger = new Ledger();
        int announced;
        try (ImapSession session = ImapSession.open(target.imaps(), owner)) {
            session.idle();
            fill(target, accounts.subList(0, SENDERS), owner, ledger);
            session.awaitExists(messages, patience.all());
            announced = session.exists();
        }
        try (ImapSession session = ImapSession.connect(target.imaps())) {
            session.login(owner);
            return drain(target, session, owner, announced, ledger);
        }
    }

    private void fill(Target target, List<Account> senders, Account owner, Ledger ledger)
            throws IOException, InterruptedException {
        List<SmtpSession> submissions = Sessions.submissions(target, senders);
        try (Crew crew = Crew.unbounded()) {
            for (int index = 0; index < SENDERS; index++) {
                String sender = senders.get(index).address();
                SmtpSession submission = submissions.get(index);
                int share = messages / SENDERS + (index < messages % SENDERS ? 1 : 0);
                crew.start(() -> {
                    for (int message = 0; message < share; message++) {
                        SealedMail mail =
                                SealedMail.random(ThreadLocalRandom.current(), sender, List.of(owner.address()), bytes);
                        ledger.expect(owner.address(), mail.messageId());
                        submission.submit(mail.sender(), mail.recipients(), mail.data());
                    }
                    return share;
                });
            }
            crew.await();
        } finally {
            Sessions.close(submissions);
        }
    }

    private Sample drain(Target target, ImapSession session, Account owner, int announced, Ledger ledger)
            throws IOException {
        List<String> fetched = new ArrayList<>();
        Window whole = Window.open(target.processes());
        double fetch = seconds(() -> {
            session.select();
            session.rewind(1);
            session.fetchNew().forEach(message -> fetched.add(Recipient.messageId(message)));
        });
        double store = seconds(() -> session.markDeleted(1));
        double expunge = seconds(session::expunge);
        Window.Usage usage = whole.close();
        session.select();
        ledger.found(owner.address(), fetched);
        ledger.unannounced(Math.max(0, fetched.size() - announced));
        // What an expunge left behind is there for the second time in the eyes of whoever fetches next.
        Integrity left = new Integrity(0, session.exists(), 0, 0);
        return new Sample(
                Map.of(
                        Metric.DRAIN_FETCH, fetch,
                        Metric.DRAIN_STORE, store,
                        Metric.DRAIN_EXPUNGE, expunge,
                        Metric.DRAIN_CPU, usage.serverMillisEach(messages)),
                ledger.integrity().plus(left));
    }

    private interface Step {
        void run() throws IOException;
    }

    private static double seconds(Step step) throws IOException {
        long begin = System.nanoTime();
        step.run();
        return (System.nanoTime() - begin) / 1e9;
    }
}
