package org.jameschatmail.web.queue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.apache.james.webadmin.utils.JsonTransformer;
import org.eclipse.jetty.http.HttpStatus;
import org.jameschatmail.core.outgoing.Destination;
import org.jameschatmail.web.queue.OutgoingMessages.DomainQueue;
import org.jameschatmail.web.queue.OutgoingMessages.QueuedMessage;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/** The queue of messages to other servers, for administrators. */
public final class OutgoingRoutes implements Routes {
    private static final String QUEUE = "/chatmail/queue";
    private static final String ONE_DOMAIN = QUEUE + "/:domain";
    private static final String DKIM = "/chatmail/dkim";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final OutgoingMessages messages;
    private final JsonTransformer json;

    @Inject
    public OutgoingRoutes(OutgoingMessages messages, JsonTransformer json) {
        this.messages = messages;
        this.json = json;
    }

    @Override
    public String getBasePath() {
        return QUEUE;
    }

    @Override
    public void define(Service service) {
        service.get(QUEUE, this::domains, json);
        service.get(ONE_DOMAIN, this::messagesOf, json);
        service.post(ONE_DOMAIN + "/retry", this::retry, json);
        service.delete(ONE_DOMAIN, this::giveUp, json);
        service.get(DKIM, this::keyRecords, json);
    }

    private List<Map<String, Object>> domains(Request request, Response response) throws Exception {
        return messages.domains().stream().map(OutgoingRoutes::describe).toList();
    }

    private static Map<String, Object> describe(DomainQueue queue) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("domain", queue.domain());
        fields.put("messages", queue.messages());
        fields.put("oldest", queue.oldest().toString());
        fields.put("nextAttempt", queue.nextAttempt().toString());
        queue.trouble().ifPresent(trouble -> fields.put("trouble", trouble));
        return fields;
    }

    private List<Map<String, Object>> messagesOf(Request request, Response response) throws Exception {
        return messages.messages(domain(request), limit(request)).stream()
                .map(OutgoingRoutes::describe)
                .toList();
    }

    private static Map<String, Object> describe(QueuedMessage message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", message.id());
        fields.put("accepted", message.accepted().toString());
        fields.put("nextAttempt", message.nextAttempt().toString());
        fields.put("attempts", message.attempts());
        fields.put("recipients", message.recipients());
        fields.put("size", message.size());
        fields.put("replies", message.replies());
        return fields;
    }

    private Map<String, Object> retry(Request request, Response response) throws Exception {
        return Map.of("messages", messages.retry(domain(request)));
    }

    private Map<String, Object> giveUp(Request request, Response response) throws Exception {
        return Map.of("messages", messages.giveUp(domain(request)));
    }

    private List<Map<String, String>> keyRecords(Request request, Response response) {
        return messages.keyRecords().stream()
                .map(record -> Map.of("name", record.name(), "type", "TXT", "text", record.text()))
                .toList();
    }

    private static String domain(Request request) {
        return Destination.parse(request.params("domain"))
                .map(destination -> destination.domain().text())
                .orElseThrow(() -> badRequest("Not a mail domain"));
    }

    private static int limit(Request request) {
        String limit = Optional.ofNullable(request.queryParams("limit")).orElse(Integer.toString(DEFAULT_LIMIT));
        if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > MAX_LIMIT) {
            throw badRequest("limit is a number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    private static HaltException badRequest(String message) {
        return ErrorResponder.builder()
                .statusCode(HttpStatus.BAD_REQUEST_400)
                .type(ErrorType.INVALID_ARGUMENT)
                .message("%s", message)
                .haltError();
    }
}
