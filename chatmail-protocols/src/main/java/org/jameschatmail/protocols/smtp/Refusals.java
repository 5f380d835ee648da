package org.jameschatmail.protocols.smtp;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.HookReturnCode;
import org.jameschatmail.core.metric.CounterName;
import org.jameschatmail.core.verdict.Reason;
import org.jameschatmail.core.verdict.Rejected;

/**
 * The one place where a refusal becomes an answer of the SMTP server. Each refusal is counted, by its reason and nothing else,
 * in {@link CounterName#refusal}. Thread-safe.
 */
@Singleton
public final class Refusals {
    private final MetricFactory metrics;

    @Inject
    public Refusals(MetricFactory metrics) {
        this.metrics = metrics;
    }

    /** For a reason whose text has no places to fill. */
    public HookResult answer(Reason reason) {
        return answer(Rejected.of(reason));
    }

    /** For a refusal that is told in another way than by SMTP. */
    void count(Reason reason) {
        metrics.generate(CounterName.refusal(reason).internal()).increment();
    }

    public HookResult answer(Rejected rejected) {
        Reason reason = rejected.reason();
        count(reason);
        return HookResult.builder()
                .hookReturnCode(reason.isTemporary() ? HookReturnCode.denySoft() : HookReturnCode.deny())
                .smtpReturnCode(Integer.toString(reason.code()))
                .smtpDescription(rejected.publicText())
                .build();
    }
}
