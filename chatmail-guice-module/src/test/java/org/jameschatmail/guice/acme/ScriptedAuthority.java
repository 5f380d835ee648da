package org.jameschatmail.guice.acme;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** An authority that gives what it is asked for, unless the test has told it what to answer next. */
final class ScriptedAuthority implements Authority {
    static final Duration LIFE = Duration.ofDays(90);

    /** One answer. */
    interface Answer {
        Outcome to(Request request) throws InterruptedException;
    }

    final List<Request> requests = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Clock clock;
    private Optional<Advice> advice = Optional.empty();
    private int questions;

    ScriptedAuthority(Clock clock) {
        this.clock = clock;
    }

    void answerNext(Answer answer) {
        answers.add(answer);
    }

    void answerNext(Outcome outcome) {
        answers.add(request -> outcome);
    }

    void advise(Advice next) {
        advice = Optional.of(next);
    }

    /** How often it was asked when to renew. */
    int questions() {
        return questions;
    }

    Request last() {
        return requests.get(requests.size() - 1);
    }

    @Override
    public Outcome order(Request request) throws InterruptedException {
        requests.add(request);
        Answer answer = answers.poll();
        return answer == null ? issue(request) : answer.to(request);
    }

    Outcome issue(Request request) {
        return new Outcome.Issued(IssuedCertificate.of(request.names(), clock.instant(), LIFE));
    }

    @Override
    public Optional<Advice> advice(X509Certificate certificate) {
        questions++;
        return advice;
    }
}
