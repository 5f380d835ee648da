package org.jameschatmail.guice.transport;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jameschatmail.core.outgoing.Attempt;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RecipientOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a message to one host: by {@code /mxdeliv}, and if that comes to nothing by SMTP. A host that took a message by
 * SMTP isn't asked for {@code /mxdeliv} for half an hour. Keeps connections for the next message. Thread-safe.
 */
final class HostCourier implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(HostCourier.class);
    private static final Duration SMTP_ONLY = Duration.ofMinutes(30);
    private static final int MAX_HOSTS = 10_000;

    private final Dialer dialer;
    private final RemotePorts ports;
    private final String ourName;
    private final TransportCounters counters;
    private final IdleSessions<SmtpSession> smtpSessions = new IdleSessions<>(System::nanoTime);
    private final IdleSessions<HttpsSession> httpsSessions = new IdleSessions<>(System::nanoTime);
    private final Cache<String, Boolean> smtpOnly = CacheBuilder.newBuilder()
            .maximumSize(MAX_HOSTS)
            .expireAfterWrite(SMTP_ONLY)
            .build();

    /** @param ourName for EHLO */
    HostCourier(Dialer dialer, RemotePorts ports, String ourName, TransportCounters counters) {
        this.dialer = dialer;
        this.ports = ports;
        this.ourName = ourName;
        this.counters = counters;
    }

    /** What came of a host: an attempt, or why there was none. */
    sealed interface Visit {
        record Done(Attempt attempt) implements Visit {}

        record Missed(Diagnosis diagnosis) implements Visit {}
    }

    /** By both ways, at the ports of mail servers. */
    Visit visit(RemoteHost host, Letter letter) {
        if (smtpOnly.getIfPresent(host.key()) == null && deliverByHttps(host, letter)) {
            counters.https().increment();
            return new Visit.Done(Attempt.answered(letter.recipients(), new RecipientOutcome.Delivered()));
        }
        Visit visit = visitBySmtp(host, ports.smtp(), letter);
        if (visit instanceof Visit.Done done && isTaken(done.attempt())) {
            smtpOnly.put(host.key(), true);
        }
        return visit;
    }

    private static boolean isTaken(Attempt attempt) {
        return attempt.outcomes().values().stream().anyMatch(RecipientOutcome.Delivered.class::isInstance);
    }

    private boolean deliverByHttps(RemoteHost host, Letter letter) {
        try {
            Optional<HttpsSession> kept = take(host);
            HttpsSession session = kept.isPresent() ? kept.get() : HttpsSession.open(dialer, host, ports.https());
            try {
                HttpsAnswer answer = session.deliver(letter);
                LOGGER.debug("{} answers {} to /mxdeliv", host.name(), answer.status());
                return answer.isOk();
            } finally {
                keep(host, session);
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.debug("{} can't be reached by HTTPS", host.name(), e);
            return false;
        }
    }

    private Optional<HttpsSession> take(RemoteHost host) {
        Optional<HttpsSession> session = httpsSessions.take(host.key());
        while (session.isPresent() && !session.get().isReusable()) {
            session.get().close();
            session = httpsSessions.take(host.key());
        }
        return session;
    }

    private void keep(RemoteHost host, HttpsSession session) {
        if (session.isReusable()) {
            httpsSessions.put(host.key(), session);
        } else {
            session.close();
        }
    }

    /** By SMTP alone, at a port of the caller's. */
    Visit visitBySmtp(RemoteHost host, int port, Letter letter) {
        String key = host.key() + " " + port;
        Optional<SmtpSession> kept = smtpSessions.take(key);
        while (kept.isPresent()) {
            SmtpSession session = kept.get();
            if (session.isReusable()) {
                Visit visit = converse(key, host, session, letter);
                if (visit instanceof Visit.Done) {
                    return visit;
                }
            }
            session.close();
            kept = smtpSessions.take(key);
        }
        try {
            return converse(key, host, SmtpSession.open(dialer, host, port, ourName), letter);
        } catch (IOException | RuntimeException e) {
            return missed(host, e);
        }
    }

    private Visit converse(String key, RemoteHost host, SmtpSession session, Letter letter) {
        try {
            Attempt attempt = session.send(letter);
            if (isTaken(attempt)) {
                counters.smtp().increment();
            }
            if (session.isReusable()) {
                smtpSessions.put(key, session);
            } else {
                session.close();
            }
            return new Visit.Done(attempt);
        } catch (IOException | RuntimeException e) {
            session.close();
            return missed(host, e);
        }
    }

    private Visit.Missed missed(RemoteHost host, Exception trouble) {
        LOGGER.debug("{} can't be reached by SMTP", host.name(), trouble);
        if (trouble instanceof SmtpSession.UnwillingException unwilling) {
            if (unwilling.diagnosis().remoteHost().isEmpty()) {
                counters.noStartTls().increment();
            }
            return new Visit.Missed(unwilling.diagnosis());
        }
        if (trouble instanceof SSLException) {
            counters.tlsFailed().increment();
            return new Visit.Missed(Diagnosis.ours(
                    451, "4.7.5", "No trusted encryption with %s: %s".formatted(host.name(), reason(trouble))));
        }
        return new Visit.Missed(
                Diagnosis.ours(451, "4.4.1", "No connection with %s: %s".formatted(host.name(), reason(trouble))));
    }

    private static String reason(Exception trouble) {
        String message = trouble.getMessage();
        return message == null ? trouble.getClass().getSimpleName() : message;
    }

    /** Closes the connections that nobody has used for a while. */
    void closeIdle() {
        smtpSessions.closeOld();
        httpsSessions.closeOld();
    }

    @Override
    public void close() {
        smtpSessions.closeAll();
        httpsSessions.closeAll();
    }
}
