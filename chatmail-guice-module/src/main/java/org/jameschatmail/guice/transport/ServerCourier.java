package org.jameschatmail.guice.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.address.HostAndPort;
import org.jameschatmail.core.configuration.DeliveryConfiguration;
import org.jameschatmail.core.outgoing.Attempt;
import org.jameschatmail.core.outgoing.Diagnosis;
import org.jameschatmail.core.outgoing.RecipientOutcome;
import org.jameschatmail.guice.transport.Directions.Way;
import org.jameschatmail.guice.transport.HostCourier.Visit;

/**
 * Brings messages to the servers of their domains, one host after another until one answers; or all of them to the
 * gateway, if there is one, by SMTP. Thread-safe.
 */
public final class ServerCourier implements Courier {
    private static final int SWEEP_SECONDS = 5;

    private final Optional<HostAndPort> gateway;
    private final Directions directions;
    private final Dialer dialer = new Dialer();
    private final HostCourier hosts;
    private final TransportCounters counters;
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "outgoing-idle-connections");
        thread.setDaemon(true);
        return thread;
    });

    /** @param ourName for EHLO */
    public ServerCourier(DeliveryConfiguration delivery, String ourName, MetricFactory metrics, Clock clock) {
        this(delivery, ourName, metrics, clock, RemotePorts.ofSystem());
    }

    ServerCourier(
            DeliveryConfiguration delivery, String ourName, MetricFactory metrics, Clock clock, RemotePorts ports) {
        this.gateway = delivery.gateway();
        NameService names = new NameService(delivery.dnsServers());
        this.counters = TransportCounters.of(metrics);
        StsPolicies policies = new StsPolicies(names, dialer, ports, counters, clock);
        this.directions = new Directions(names, policies, counters, new Random());
        this.hosts = new HostCourier(dialer, ports, ourName, counters);
        sweeper.scheduleWithFixedDelay(hosts::closeIdle, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public Attempt deliver(Letter letter) {
        Attempt attempt = gateway.isPresent() ? deliverToGateway(gateway.get(), letter) : deliverByMx(letter);
        if (!attempt.reached()) {
            counters.unreachable().increment();
        }
        return attempt;
    }

    private Attempt deliverByMx(Letter letter) {
        Way way = directions.to(letter.destination());
        if (way instanceof Way.Nowhere nowhere) {
            return nowhere.answered()
                    ? Attempt.answered(letter.recipients(), RecipientOutcome.of(nowhere.diagnosis()))
                    : Attempt.unreached(letter.recipients(), nowhere.diagnosis());
        }
        Diagnosis last = Diagnosis.ours(451, "4.4.1", "No host was tried");
        for (RemoteHost host : ((Way.Hosts) way).hosts()) {
            Visit visit = hosts.visit(host, letter);
            if (visit instanceof Visit.Done done) {
                return done.attempt();
            }
            last = ((Visit.Missed) visit).diagnosis();
        }
        return Attempt.unreached(letter.recipients(), last);
    }

    private Attempt deliverToGateway(HostAndPort to, Letter letter) {
        Visit visit = hosts.visitBySmtp(new RemoteHost(to.host(), addressesOf(to), true), to.port(), letter);
        return visit instanceof Visit.Done done
                ? done.attempt()
                : Attempt.unreached(letter.recipients(), ((Visit.Missed) visit).diagnosis());
    }

    /** A host of the operator's own, which may stand in a file of the system instead of the name service. */
    static List<InetAddress> addressesOf(HostAndPort gateway) {
        try {
            return List.of(InetAddress.getAllByName(gateway.host()));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    @Override
    public void close() {
        sweeper.shutdownNow();
        dialer.close();
        hosts.close();
    }
}
