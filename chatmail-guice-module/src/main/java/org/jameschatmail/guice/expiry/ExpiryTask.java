package org.jameschatmail.guice.expiry;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.james.task.Task;
import org.apache.james.task.TaskExecutionDetails;
import org.apache.james.task.TaskType;

/** A run that an administrator asks for, as a task of James: it can be looked at and cancelled there. */
final class ExpiryTask implements Task {
    static final TaskType TYPE = TaskType.of("chatmail-expiry");

    private final ExpirySchedule schedule;
    private final Run run;
    private final Clock clock;

    ExpiryTask(ExpirySchedule schedule, Run run, Clock clock) {
        this.schedule = schedule;
        this.run = run;
        this.clock = clock;
    }

    /** How far the task is. */
    record Details(Instant timestamp, boolean dryRun, ExpiryReport report)
            implements TaskExecutionDetails.AdditionalInformation {}

    @Override
    public Result run() throws InterruptedException {
        try {
            schedule.visitAll(run);
            return run.report().failures() == 0 ? Result.COMPLETED : Result.PARTIAL;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOGGER.warn("The expiry on demand failed: {}", e.getClass().getSimpleName());
            LOGGER.debug("Why the expiry failed", e);
            return Result.PARTIAL;
        }
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public Optional<TaskExecutionDetails.AdditionalInformation> details() {
        return Optional.of(new Details(clock.instant(), !run.removes(), run.report()));
    }
}
