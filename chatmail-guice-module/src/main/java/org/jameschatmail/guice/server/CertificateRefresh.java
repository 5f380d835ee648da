package org.jameschatmail.guice.server;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jameschatmail.guice.tls.TlsStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a minute for a renewed or changed certificate and hands it to the listeners. */
final class CertificateRefresh implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(CertificateRefresh.class);
    private static final int PERIOD_SECONDS = 30;

    private final TlsStore tls;
    private final ServerParts parts;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "certificate-refresh");
        thread.setDaemon(true);
        return thread;
    });

    CertificateRefresh(TlsStore tls, ServerParts parts, Clock clock) {
        this.tls = tls;
        this.parts = parts;
        this.clock = clock;
    }

    void start() {
        timer.scheduleWithFixedDelay(this::refresh, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    /** There is another one to be looked at. */
    void soon() {
        timer.execute(this::refresh);
    }

    private void refresh() {
        try {
            if (tls.refresh(clock)) {
                parts.reloadCertificates();
            }
        } catch (Exception e) {
            LOGGER.error("The listeners didn't take up the new certificate; the next look tries again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
