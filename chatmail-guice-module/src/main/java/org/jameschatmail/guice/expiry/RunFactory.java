package org.jameschatmail.guice.expiry;

import javax.inject.Inject;
import javax.inject.Singleton;
import org.jameschatmail.core.configuration.RetentionConfiguration;
import org.jameschatmail.core.expiry.Pace;

/** Makes runs at the configured pace. */
@Singleton
final class RunFactory {
    private final Pace pace;
    private final Run.Pause pause;
    private final ExpiryCounters counters;

    @Inject
    RunFactory(RetentionConfiguration retention, Run.Pause pause, ExpiryCounters counters) {
        this.pace = new Pace(retention.rate());
        this.pause = pause;
        this.counters = counters;
    }

    Run newRun(Run.Mode mode) {
        return new Run(mode, pace, pause, counters);
    }
}
