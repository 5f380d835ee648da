package org.jameschatmail.benchmarks.load.scenario;

import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jameschatmail.benchmarks.load.mail.Integrity;
import org.jameschatmail.benchmarks.load.measure.Latencies;
import org.jameschatmail.benchmarks.load.measure.Metric;
import org.jameschatmail.benchmarks.load.measure.Sample;
import org.jameschatmail.benchmarks.load.measure.Window;
import org.jameschatmail.benchmarks.load.wire.Account;
import org.jameschatmail.benchmarks.load.wire.HttpOffers;
import org.jameschatmail.benchmarks.load.wire.ImapSession;

/**
 * Newcomers: connect, log in for the first time, which makes the account, select INBOX; several at once. Then requests
 * for credentials, where the server hands them out.
 *
 * @param accounts newcomers in all
 * @param atOnce newcomers at the same time
 */
public record Onboarding(int accounts, int atOnce) implements Scenario {
    @Override
    public String name() {
        return "onboarding";
    }

    @Override
    public Sample run(Target target) throws IOException, InterruptedException {
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        List<Account> newcomers =
                Stream.generate(target::unusedAccount).limit(accounts).toList();
        Latencies complete = new Latencies();
        Window window = Window.open(target.processes());
        List<ImapSession> sessions = Crew.each(atOnce, newcomers, account -> {
            long begin = System.nanoTime();
            ImapSession session = ImapSession.open(target.imaps(), account);
            complete.add(System.nanoTime() - begin);
            session.close();
            return session;
        });
        Window.Usage usage = window.close();
        figures.put(Metric.ONBOARDING_RATE, usage.perSecond(sessions.size()));
        figures.put(Metric.ONBOARDING_CPU, usage.serverMillisEach(sessions.size()));
        figures.put(Metric.ONBOARDING_P50, complete.percentile(50));
        figures.put(Metric.ONBOARDING_P99, complete.percentile(99));
        if (target.offers().isPresent()) {
            askForCredentials(target, target.offers().get(), figures);
        }
        return new Sample(figures, Integrity.WHOLE);
    }

    private void askForCredentials(Target target, URI address, Map<Metric, Double> figures)
            throws IOException, InterruptedException {
        HttpOffers offers = new HttpOffers(address);
        Window window = Window.open(target.processes());
        Crew.each(atOnce, Collections.nCopies(accounts, offers), HttpOffers::ask);
        Window.Usage usage = window.close();
        figures.put(Metric.OFFERS_RATE, usage.perSecond(accounts));
        figures.put(Metric.OFFERS_CPU, usage.serverMillisEach(accounts));
    }
}
