package org.jameschatmail.web.expiry;

import org.apache.james.task.Task;

/** Makes tasks that visit everything and remove what is too old. Thread-safe. */
@FunctionalInterface
public interface ExpiryTasks {
    /** @param dryRun only count what would be removed */
    Task newTask(boolean dryRun);
}
