package org.jameschatmail.guice.expiry;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import com.google.inject.name.Named;
import java.time.Clock;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.server.task.json.dto.AdditionalInformationDTO;
import org.apache.james.server.task.json.dto.AdditionalInformationDTOModule;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.utils.InitializationOperation;
import org.apache.james.utils.InitilizationOperationBuilder;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.dto.DTOModuleInjections;
import org.jameschatmail.web.expiry.ExpiryRoutes;
import org.jameschatmail.web.expiry.ExpiryTasks;

/** Expiry of messages and accounts, by itself and by WebAdmin. Needs the mailboxes of ours. */
public final class ExpiryModule extends AbstractModule {
    @Override
    protected void configure() {
        bind(Run.Pause.class).toInstance(Run.Pause.REAL);
        bind(ExpirySchedule.class);
        bind(RoomMaker.class);
        Multibinder.newSetBinder(binder(), Routes.class).addBinding().to(ExpiryRoutes.class);
    }

    @Provides
    ExpiryTasks tasks(ExpirySchedule schedule, RunFactory runs, Clock clock) {
        return dryRun -> new ExpiryTask(schedule, runs.newRun(dryRun ? Run.Mode.COUNT_ONLY : Run.Mode.REMOVE), clock);
    }

    @ProvidesIntoSet
    InitializationOperation start(ExpirySchedule schedule, GaugeRegistry gauges) {
        return InitilizationOperationBuilder.forClass(ExpirySchedule.class).init(() -> schedule.start(gauges));
    }

    @ProvidesIntoSet
    InitializationOperation startMakingRoom(RoomMaker roomMaker) {
        return InitilizationOperationBuilder.forClass(RoomMaker.class).init(roomMaker::start);
    }

    @ProvidesIntoSet
    AdditionalInformationDTOModule<
                    ? extends TaskExecutionDetails.AdditionalInformation, ? extends AdditionalInformationDTO>
            details() {
        return ExpiryDetailsDto.module();
    }

    @Named(DTOModuleInjections.WEBADMIN_DTO)
    @ProvidesIntoSet
    AdditionalInformationDTOModule<
                    ? extends TaskExecutionDetails.AdditionalInformation, ? extends AdditionalInformationDTO>
            detailsForWebAdmin() {
        return ExpiryDetailsDto.module();
    }
}
