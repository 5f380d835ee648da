package org.jameschatmail.guice.health;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Clock;
import java.util.Date;
import javax.sql.DataSource;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.health.HealthCheck;
import org.jameschatmail.core.health.LogLevels;
import org.jameschatmail.guice.configuration.ServerDirectories;
import org.jameschatmail.guice.tls.TlsStore;
import org.jameschatmail.web.admin.LogRoutes;
import org.jameschatmail.web.health.HealthRoutes;

/** What is looked at when somebody asks whether the server is well, and how much is logged. */
public final class HealthModule extends AbstractModule {
    private static final int DATABASE_SECONDS = 5;
    /** Below, the next deliveries may fail. */
    private static final long LEAST_DISK = 50L << 20;

    @Override
    protected void configure() {
        Multibinder.newSetBinder(binder(), HealthCheck.class);
        bind(LogLevels.class).to(LogbackLevels.class);
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(HealthRoutes.class);
        routes.addBinding().to(LogRoutes.class);
    }

    /** A look that has a name. */
    private record NamedCheck(String name, Look look) implements HealthCheck {
        @FunctionalInterface
        private interface Look {
            boolean isGood() throws Exception;
        }

        @Override
        public boolean isGood() throws Exception {
            return look.isGood();
        }
    }

    @ProvidesIntoSet
    HealthCheck database(DataSource dataSource) {
        return new NamedCheck("database", () -> {
            try (Connection connection = dataSource.getConnection()) {
                return connection.isValid(DATABASE_SECONDS);
            }
        });
    }

    @ProvidesIntoSet
    HealthCheck disk(ServerDirectories directories) {
        return new NamedCheck(
                "disk", () -> Files.getFileStore(directories.data()).getUsableSpace() >= LEAST_DISK);
    }

    @ProvidesIntoSet
    HealthCheck certificate(TlsStore tls, Clock clock) {
        return new NamedCheck("certificate", () -> {
            Date now = Date.from(clock.instant());
            tls.identity().certificate().checkValidity(now);
            return true;
        });
    }

    @ProvidesIntoSet
    HealthCheck eventLoops(StallWatch watch) {
        return new NamedCheck("event-loops", () -> !watch.isStalled());
    }

    @ProvidesIntoSet
    InitializationOperation start(StallWatch watch, MetricFactory metrics) {
        return InitilizationOperationBuilder.forClass(StallWatch.class).init(() -> watch.start(metrics));
    }
}
