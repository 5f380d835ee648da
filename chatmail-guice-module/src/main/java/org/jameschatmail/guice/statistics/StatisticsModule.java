package org.jameschatmail.guice.statistics;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.metric.MessageLatencies;
import org.jameschatmail.core.statistics.MinuteHistory;
import org.jameschatmail.web.admin.ServerRoutes;
import org.jameschatmail.web.admin.ServerView;
import org.jameschatmail.web.adminpage.AdminPageRoutes;
import org.jameschatmail.web.statistics.PrometheusRoutes;
import org.jameschatmail.web.statistics.PrometheusText;
import org.jameschatmail.web.statistics.StatisticsRoutes;

/** The last day in numbers, minute by minute, and the page that draws them. */
public final class StatisticsModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(MinuteHistory.class).in(Scopes.SINGLETON);
        bind(MessageLatencies.class).toInstance(new MessageLatencies());
        bind(PrometheusText.class).to(MeasuredServer.class);
        bind(ServerView.class).to(RunningServer.class);
        Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
        routes.addBinding().to(StatisticsRoutes.class);
        routes.addBinding().to(PrometheusRoutes.class);
        routes.addBinding().to(AdminPageRoutes.class);
        routes.addBinding().to(ServerRoutes.class);
    }

    @ProvidesIntoSet
    InitializationOperation start(MinuteSampler sampler, MetricFactory metrics) {
        return InitilizationOperationBuilder.forClass(MinuteSampler.class).init(() -> {
            LoggedTrouble.count(metrics);
            sampler.start();
        });
    }
}
