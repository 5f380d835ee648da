package org.jameschatmail.web.expiry;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.task.Task;
import org.apache.james.task.TaskManager;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.tasks.TaskFromRequest;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.eclipse.jetty.http.HttpStatus;
import spark.Request;
import spark.Service;

/**
 * Expiry now, instead of within the day: old messages, unused accounts, mailboxes that fill up, mail that was set aside.
 *
 * <pre>{@code
 * POST /chatmail/expiry                201 {"taskId":"…"}   removes
 * POST /chatmail/expiry?dryRun=true    201 {"taskId":"…"}   counts what it would remove
 * }</pre>
 *
 * What becomes of it is told by {@code GET /tasks/ID}; {@code DELETE /tasks/ID} cancels it. Thread-safe.
 */
public final class ExpiryRoutes implements Routes {
    private static final String EXPIRY = "/chatmail/expiry";
    private static final String DRY_RUN = "dryRun";

    private final ExpiryTasks tasks;
    private final TaskManager manager;
    private final JsonTransformer json;

    @Inject
    public ExpiryRoutes(ExpiryTasks tasks, TaskManager manager, JsonTransformer json) {
        this.tasks = tasks;
        this.manager = manager;
        this.json = json;
    }

    @Override
    public String getBasePath() {
        return EXPIRY;
    }

    @Override
    public void define(Service service) {
        TaskFromRequest run = this::task;
        service.post(EXPIRY, run.asRoute(manager), json);
    }

    private Task task(Request request) {
        return switch (Optional.ofNullable(request.queryParams(DRY_RUN)).orElse("false")) {
            case "true", "" -> tasks.newTask(true);
            case "false" -> tasks.newTask(false);
            default ->
                throw ErrorResponder.builder()
                        .statusCode(HttpStatus.BAD_REQUEST_400)
                        .type(ErrorType.INVALID_ARGUMENT)
                        .message("dryRun is true or false")
                        .haltError();
        };
    }
}
