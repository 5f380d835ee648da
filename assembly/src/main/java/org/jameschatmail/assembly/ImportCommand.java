package org.jameschatmail.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jameschatmail.core.account.Login;
import org.jameschatmail.core.commandline.AdminOption;
import org.jameschatmail.core.commandline.AdminTask;
import org.jameschatmail.core.commandline.Command;
import org.jameschatmail.core.moving.MovedAccount;
import org.jameschatmail.core.moving.RelayAccount;
import org.jameschatmail.core.moving.RelayFolder;
import org.jameschatmail.core.moving.SqliteFile;

/**
 * {@code chatmail import}: reads what another server kept, and has the running server take it, account after account.
 * What fails with one of them is told in the end, and the others go on. Used once.
 */
final class ImportCommand {
    private static final String ACCOUNTS = "/chatmail/moved-accounts";
    private static final String TABLE_OF_MADDY = "passwords";
    private static final int SERVER_GONE_AFTER = 10;

    private final Command.Administer command;
    private final RestClient server;
    private final boolean dryRun;
    private final TreeMap<String, Long> accounts = new TreeMap<>();
    private final TreeMap<String, Long> messages = new TreeMap<>();
    private final ArrayNode failures = JsonNodeFactory.instance.arrayNode();
    private int failuresInARow;

    ImportCommand(Command.Administer command, RestClient server) {
        this.command = command;
        this.server = server;
        this.dryRun = command.choices().containsKey(AdminOption.DRY_RUN);
    }

    /** What came of it: {@code {"dryRun","accounts":{...},"messages":{...},"failures":[{"address","reason"}]}}. */
    JsonNode run() throws IOException {
        String domain = server.get("/chatmail/status").path("domain").asText();
        Path path = Path.of(command.subject());
        try {
            if (command.task() == AdminTask.IMPORT_RELAY) {
                takeRelay(path, domain);
            } else {
                takeMaddy(path);
            }
        } catch (FileSystemException e) {
            throw new IOException(reason(e), e);
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
        ObjectNode counts = result.putObject("accounts");
        for (String outcome : List.of("moved", "known", "unused", "failed")) {
            counts.put(outcome, accounts.getOrDefault(outcome, 0L));
        }
        if (!messages.isEmpty()) {
            ObjectNode mail = result.putObject("messages");
            messages.forEach(mail::put);
        }
        result.set("failures", failures);
        return result;
    }

    private void takeRelay(Path path, String domain) throws IOException {
        boolean withMail = !command.choices().containsKey(AdminOption.WITHOUT_MAIL);
        for (RelayAccount account : RelayFolder.find(path, domain).accounts()) {
            take(account.address(), () -> takeRelayAccount(account, withMail));
        }
    }

    private void takeRelayAccount(RelayAccount account, boolean withMail) throws IOException {
        MovedAccount read;
        try {
            read = account.account();
        } catch (NoSuchFileException e) {
            // Its owner was never let in: what there is came of a login that failed.
            return;
        }
        String outcome = move(read);
        if (outcome.equals("unused")) {
            return;
        }
        RelayBelongings belongings = new RelayBelongings(account, withMail);
        if (dryRun) {
            count(belongings.expected());
            return;
        }
        String target = ACCOUNTS + "/" + RestClient.segment(account.address()) + "/belongings";
        count(server.upload(target, belongings::writeTo));
        messages.merge("unreadable", belongings.unreadable(), Long::sum);
    }

    private void count(JsonNode counts) {
        counts.fields()
                .forEachRemaining(
                        field -> messages.merge(field.getKey(), field.getValue().asLong(), Long::sum));
    }

    private void takeMaddy(Path path) throws IOException {
        try (SqliteFile database = SqliteFile.open(path)) {
            for (List<String> row : database.rows(TABLE_OF_MADDY)) {
                String address = row.isEmpty() ? "" : row.get(0);
                String hash = row.size() < 2 ? "" : row.get(1);
                take(address, () -> move(new MovedAccount(Login.fold(address), hash, Optional.empty(), false)));
            }
        }
    }

    private String move(MovedAccount account) throws IOException {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("address", account.address())
                .put("passwordHash", account.passwordHash())
                .put("cleartext", account.takesCleartext());
        account.lastLogin().ifPresent(day -> fields.put("lastLogin", day.toString()));
        String outcome = server.call("POST", ACCOUNTS + "?dryRun=" + dryRun, Optional.of(fields))
                .path("outcome")
                .asText();
        accounts.merge(outcome, 1L, Long::sum);
        return outcome;
    }

    /** The messages of these hold a path and nothing else. */
    static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "You may not read " + denied.getFile();
        }
        if (failure instanceof NoSuchFileException missing) {
            return "There is no " + missing.getFile();
        }
        return String.valueOf(failure.getMessage());
    }

    @FunctionalInterface
    private interface Step {
        void carryOut() throws IOException;
    }

    private void take(String address, Step step) throws IOException {
        try {
            step.carryOut();
            failuresInARow = 0;
        } catch (IOException e) {
            accounts.merge("failed", 1L, Long::sum);
            failures.addObject().put("address", address).put("reason", reason(e));
            if (++failuresInARow == SERVER_GONE_AFTER) {
                // Nothing more will come of it when the server is gone; this throws then, and says so.
                server.get("/chatmail/status");
                failuresInARow = 0;
            }
        }
    }
}
