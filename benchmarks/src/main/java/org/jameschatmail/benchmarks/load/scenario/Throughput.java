package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
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
 * As much as the server takes: each sender submits one message after the other, the recipients in turn, and each of
 * those fetches what it is told of. It ends when the last body is fetched.
 *
 * @param messages in all
 * @param bytes of one message
 */
public record Throughput(int senders, int recipients, int messages, int bytes, Patience patience) implements Scenario {
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    @Override
    public String name() {
        return "throughput";
    }

    @Override
    public Sample run(Target target) throws IOException, InterruptedException {
        List<Account> accounts = Sessions.accounts(target, senders + recipients);
        List<Account> sending = accounts.subList(0, senders);
        List<Account> receiving = accounts.subList(senders, accounts.size());
        Ledger ledger = new Ledger();
        List<List<SealedMail>> plan = plan(sending, receiving, ledger);
        Map<String, Long> begun = new ConcurrentHashMap<>();
        Latencies complete = new Latencies();
        List<SmtpSession> submissions = Sessions.submissions(target, sending);
        List<ImapSession> mailboxes = Sessions.mailboxes(target, receiving);
        List<Recipient> listening = new ArrayList<>();
        try (Crew crew = Crew.unbounded()) {
            Window window = Window.open(target.processes());
            for (int index = 0; index < recipients; index++) {
                Recipient recipient = new Recipient(
                        receiving.get(index),
                        mailboxes.get(index),
                        ledger,
                        patience,
                        (id, nanos) -> complete.add(nanos - begun.getOrDefault(id, nanos)));
                listening.add(recipient);
                crew.start(recipient);
            }
            for (int index = 0; index < senders; index++) {
                SmtpSession submission = submissions.get(index);
                List<SealedMail> mails = plan.get(index);
                crew.start(() -> submitAll(submission, mails, begun));
            }
            crew.await();
            Window.Usage usage = window.close();
            for (Recipient recipient : listening) {
                recipient.settle();
            }
            return sample(usage, complete, ledger);
        } finally {
            Sessions.close(submissions);
            Sessions.close(mailboxes);
        }
    }

    private List<List<SealedMail>> plan(List<Account> sending, List<Account> receiving, Ledger ledger) {
        List<List<SealedMail>> plan = new ArrayList<>();
        sending.forEach(sender -> plan.add(new ArrayList<>()));
        for (int index = 0; index < messages; index++) {
            String recipient = receiving.get(index % recipients).address();
            String sender = sending.get(index % senders).address();
            SealedMail mail = SealedMail.random(RANDOM, sender, List.of(recipient), bytes);
            ledger.expect(recipient, mail.messageId());
            plan.get(index % senders).add(mail);
        }
        return plan;
    }

    private static Object submitAll(SmtpSession submission, List<SealedMail> mails, Map<String, Long> begun)
            throws IOException {
        for (SealedMail mail : mails) {
            begun.put(mail.messageId(), System.nanoTime());
            submission.submit(mail.sender(), mail.recipients(), mail.data());
        }
        return mails.size();
    }

    private Sample sample(Window.Usage usage, Latencies complete, Ledger ledger) {
        return new Sample(
                Map.of(
                        Metric.THROUGHPUT_RATE, usage.perSecond(messages),
                        Metric.THROUGHPUT_CPU, usage.serverMillisEach(messages),
                        Metric.THROUGHPUT_P50, complete.percentile(50),
                        Metric.THROUGHPUT_P90, complete.percentile(90),
                        Metric.THROUGHPUT_P99, complete.percentile(99),
                        Metric.THROUGHPUT_OWN_CPU, usage.ownMillisEach(messages),
                        Metric.THROUGHPUT_NOISE, 100 * usage.otherShare()),
                ledger.integrity());
    }
}
