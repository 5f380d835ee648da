package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jameschatmail.benchmarks.load.mail.Ledger;
import org.jameschatmail.benchmarks.load.mail.SealedMail;
import org.jameschatmail.benchmarks.load.measure.Latencies;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.measure.Window;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.SmtpSession;

/**
 * Two people who answer each other: one message at a time, from the start of its submission until its body is fetched
 * by a recipient that sat in IDLE.
 *
 * @param messages in all
 * @param bytes of one message
 */
public record PingPong(int messages, int bytes, Patience patience) implements Scenario {
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    @Override
    public String name() {
        return "ping-pong";
    }

    @Override
    public Sample run(Target target) throws IOException, InterruptedException {
        List<Account> accounts = Sessions.accounts(target, 2);
        Ledger ledger = new Ledger();
        List<SealedMail> mails = mails(accounts, ledger);
        Map<String, Long> arrived = new ConcurrentHashMap<>();
        Map<String, CountDownLatch> fetched = new ConcurrentHashMap<>();
        mails.forEach(mail -> fetched.put(mail.messageId(), new CountDownLatch(1)));
        List<Recipient> recipients = new ArrayList<>();
        List<SmtpSession> senders = Sessions.submissions(target, accounts);
        try (Crew crew = Crew.unbounded()) {
            for (Account account : accounts) {
                Recipient recipient = new Recipient(
                        account, Sessions.mailboxes(target, List.of(account)).get(0), ledger, patience, (id, nanos) -> {
                            arrived.putIfAbsent(id, nanos);
                            Optional.ofNullable(fetched.get(id)).ifPresent(CountDownLatch::countDown);
                        });
                recipients.add(recipient);
                crew.start(recipient);
            }
            Latencies complete = new Latencies();
            Latencies acknowledged = new Latencies();
            Window window = Window.open(target.processes());
            for (int index = 0; index < mails.size(); index++) {
                SealedMail mail = mails.get(index);
                long begin = System.nanoTime();
                senders.get(index % 2).submit(mail.sender(), mail.recipients(), mail.data());
                acknowledged.add(System.nanoTime() - begin);
                if (awaitFetched(fetched, mail)) {
                    complete.add(arrived.getOrDefault(mail.messageId(), begin) - begin);
                }
            }
            Window.Usage usage = window.close();
            crew.await();
            return sample(recipients, ledger, complete, acknowledged, usage);
        } finally {
            Sessions.close(senders);
            Sessions.close(recipients);
        }
    }

    private List<SealedMail> mails(List<Account> accounts, Ledger ledger) {
        List<SealedMail> mails = new ArrayList<>();
        for (int index = 0; index < messages; index++) {
            String recipient = accounts.get(1 - index % 2).address();
            SealedMail mail = SealedMail.random(RANDOM, accounts.get(index % 2).address(), List.of(recipient), bytes);
            ledger.expect(recipient, mail.messageId());
            mails.add(mail);
        }
        return mails;
    }

    private boolean awaitFetched(Map<String, CountDownLatch> fetched, SealedMail mail) throws InterruptedException {
        return fetched.getOrDefault(mail.messageId(), new CountDownLatch(0))
                .await(patience.all().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Sample sample(
            List<Recipient> recipients, Ledger ledger, Latencies complete, Latencies acknowledged, Window.Usage usage)
            throws IOException {
        for (Recipient recipient : recipients) {
            recipient.settle();
        }
        return new Sample(
                Map.of(
                        Metric.PING_PONG_P50, complete.percentile(50),
                        Metric.PING_PONG_P90, complete.percentile(90),
                        Metric.PING_PONG_P99, complete.percentile(99),
                        Metric.PING_PONG_ACKNOWLEDGED, acknowledged.percentile(50),
                        Metric.PING_PONG_CPU, usage.serverMillisEach(messages)),
                ledger.integrity());
    }
}
