package org.jameschatmail.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.commandline.AdminOption;
import org.jameschatmail.core.commandline.Command;

/**
 * {@code chatmail accounts}, {@code tokens}, {@code registration}, {@code queue}, {@code import}, {@code expire} and {@code status}: has
 * the running server do what is asked for, through its WebAdmin.
 */
record AdminCommand(Command.Administer command, RestClient server, boolean colored) {
    private static final String ACCOUNTS = "/chatmail/accounts";
    private static final String TOKENS = "/chatmail/tokens";
    private static final String REGISTRATION = "/chatmail/registration";
    private static final String QUEUE = "/chatmail/queue";
    private static final int MOST_AT_ONCE = 1000;
    private static final int DEFAULT_LIMIT = 100;
    private static final Set<String> UNFINISHED = Set.of("waiting", "inProgress");

    /** @throws IOException when the server refuses or doesn't run; its message is for the person who typed the command */
    void run(PrintStream out) throws IOException {
        JsonNode answer = ask();
        if (command.choices().containsKey(AdminOption.JSON)) {
            out.println((answer.isMissingNode() ? JsonNodeFactory.instance.objectNode() : answer).toPrettyString());
        } else {
            new AdminReport(out, command.subject(), colored).print(command.task(), answer);
        }
        if (!answer.path("failures").isMissingNode() && !answer.path("failures").isEmpty()) {
            throw new IOException("Some accounts couldn't be taken");
        }
        if (answer.path("status").asText().equals("failed")) {
            throw new IOException("The task failed; the log of the server tells more");
        }
    }

    private JsonNode ask() throws IOException {
        return switch (command.task()) {
            case LIST_ACCOUNTS -> accounts();
            case SHOW_ACCOUNT -> server.get(account());
            case CREATE_ACCOUNT -> call("POST", ACCOUNTS, address());
            case RESET_PASSWORD -> call("PUT", account() + "/password", fields());
            case BAN -> call("PUT", account() + "/ban");
            case UNBAN -> call("DELETE", account() + "/ban");
            case DELETE_ACCOUNT -> call("DELETE", account());
            case LIST_TOKENS -> server.get(TOKENS);
            case CREATE_TOKEN -> call("POST", TOKENS, invitation());
            case DELETE_TOKEN -> call("DELETE", TOKENS + "/" + RestClient.segment(command.subject()));
            case SHOW_REGISTRATION -> server.get(REGISTRATION);
            case OPEN_REGISTRATION -> switchTo("open");
            case INVITE_TO_REGISTRATION -> switchTo("token");
            case CLOSE_REGISTRATION -> switchTo("closed");
            case LIMIT_REGISTRATION -> call("PUT", REGISTRATION, limits());
            case RESET_REGISTRATION -> reset();
            case LIST_QUEUE -> server.get(QUEUE);
            case RETRY_QUEUE -> call("POST", QUEUE + "/" + RestClient.segment(command.subject()) + "/retry");
            case IMPORT_RELAY, IMPORT_MADDY -> new ImportCommand(command, server).run();
            case EXPIRE -> expire();
            case SHOW_STATUS -> server.get("/chatmail/status");
        };
    }

    private JsonNode call(String method, String path) throws IOException {
        return server.call(method, path, Optional.empty());
    }

    private JsonNode call(String method, String path, ObjectNode body) throws IOException {
        return server.call(method, path, Optional.of(body));
    }

    private static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }

    private String account() {
        return ACCOUNTS + "/" + RestClient.segment(command.subject());
    }

    private ObjectNode address() {
        return command.subject().isEmpty() ? fields() : fields().put("address", command.subject());
    }

    private Optional<String> choice(AdminOption option) {
        return Optional.ofNullable(command.choices().get(option));
    }

    /** One page, or as many as there are. */
    private JsonNode accounts() throws IOException {
        boolean all = command.choices().containsKey(AdminOption.ALL);
        int wanted = all
                ? Integer.MAX_VALUE
                : choice(AdminOption.LIMIT).map(Integer::parseInt).orElse(DEFAULT_LIMIT);
        Optional<String> after = choice(AdminOption.AFTER);
        ObjectNode found = fields();
        ArrayNode accounts = found.putArray("accounts");
        do {
            JsonNode page = server.get(page(Math.min(MOST_AT_ONCE, wanted - accounts.size()), after));
            page.path("accounts").forEach(accounts::add);
            after = Optional.of(page.path("next")).filter(JsonNode::isTextual).map(JsonNode::asText);
        } while (after.isPresent() && accounts.size() < wanted);
        found.put("next", after.orElse(null));
        return found;
    }

    private String page(int limit, Optional<String> after) {
        List<String> query = new ArrayList<>(List.of("limit=" + limit));
        choice(AdminOption.SEARCH).ifPresent(text -> query.add("search=" + encoded(text)));
        after.ifPresent(address -> query.add("after=" + encoded(address)));
        return ACCOUNTS + "?" + String.join("&", query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private ObjectNode invitation() {
        ObjectNode wanted = fields();
        choice(AdminOption.LABEL).ifPresent(label -> wanted.put("label", label));
        choice(AdminOption.USES).ifPresent(uses -> wanted.put("uses", Integer.parseInt(uses)));
        choice(AdminOption.DAYS).ifPresent(days -> wanted.put("days", Integer.parseInt(days)));
        return wanted;
    }

    private ObjectNode limits() {
        ObjectNode wanted = fields();
        choice(AdminOption.PER_NETWORK).ifPresent(limit -> wanted.put("perNetwork", limit));
        choice(AdminOption.GUARD_LOAD).ifPresent(limit -> wanted.put("guardLoad", limit));
        choice(AdminOption.GUARD_MEMORY).ifPresent(limit -> wanted.put("guardMemory", limit));
        choice(AdminOption.GUARD_DISK).ifPresent(limit -> wanted.put("guardDisk", limit));
        return wanted;
    }

    private JsonNode reset() throws IOException {
        call("DELETE", REGISTRATION);
        return server.get(REGISTRATION);
    }

    private JsonNode switchTo(String mode) throws IOException {
        call("PUT", REGISTRATION, fields().put("mode", mode));
        return server.get(REGISTRATION);
    }

    /** Waits for the end of the task; each wait is as long as the server allows. */
    private JsonNode expire() throws IOException {
        boolean dryRun = command.choices().containsKey(AdminOption.DRY_RUN);
        String id =
                call("POST", "/chatmail/expiry?dryRun=" + dryRun).path("taskId").asText();
        JsonNode task;
        do {
            task = server.await("/tasks/" + RestClient.segment(id));
        } while (UNFINISHED.contains(task.path("status").asText()));
        return task;
    }
}
