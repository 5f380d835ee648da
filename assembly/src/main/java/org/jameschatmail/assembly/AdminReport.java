package org.jameschatmail.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jameschatmail.core.commandline.AdminTask;

/** What {@link AdminCommand} tells a person of the server's answer. */
record AdminReport(PrintStream out, String subject, boolean colored) {

    void print(AdminTask task, JsonNode answer) {
        switch (task) {
            case LIST_ACCOUNTS -> accounts(answer);
            case SHOW_ACCOUNT -> account(answer);
            case CREATE_ACCOUNT -> created(answer);
            case RESET_PASSWORD ->
                out.printf(
                        "%s has the password%n%n  %s%n%nIts devices need it from now on.%n",
                        subject, answer.path("password").asText());
            case BAN -> out.printf("%s is banned: no login from now on. Mail for it is kept.%n", subject);
            case UNBAN -> out.printf("%s isn't banned.%n", subject);
            case DELETE_ACCOUNT -> out.printf("%s is deleted.%n", subject);
            case LIST_TOKENS -> tokens(answer.path("tokens"));
            case CREATE_TOKEN -> invitation(answer);
            case DELETE_TOKEN -> out.println("The invitation is withdrawn: its link works no longer.");
            case SHOW_REGISTRATION,
                    OPEN_REGISTRATION,
                    INVITE_TO_REGISTRATION,
                    CLOSE_REGISTRATION,
                    LIMIT_REGISTRATION,
                    RESET_REGISTRATION -> registration(answer);
            case LIST_QUEUE -> queue(answer);
            case RETRY_QUEUE ->
                out.printf(
                        "%s to %s: tried now.%n",
                        messages(answer.path("messages").asLong()), subject);
            case IMPORT_RELAY, IMPORT_MADDY -> moves(answer);
            case EXPIRE -> expiry(answer);
            case SHOW_STATUS -> status(answer);
        }
    }

    private static String messages(long count) {
        return Figures.count(count) + (count == 1 ? " message" : " messages");
    }

    private void accounts(JsonNode answer) {
        TextTable table = new TextTable("Address", "Last login", "Used", "Messages", "");
        for (JsonNode account : answer.path("accounts")) {
            table.add(
                    text(account, "address"),
                    textOr(account, "lastLogin", "never"),
                    Figures.octets(account.path("usedBytes").asLong()),
                    Figures.count(account.path("messages").asLong()),
                    remarks(account));
        }
        print(table, "No account yet, or none of these.");
        if (answer.path("next").isTextual()) {
            out.printf("%nThere may be more: add --all, or --after %s%n", text(answer, "next"));
        }
    }

    private static String remarks(JsonNode account) {
        String banned = account.path("banned").asBoolean() ? "banned " : "";
        return (banned + (account.path("cleartext").asBoolean() ? "takes cleartext" : "")).strip();
    }

    private void account(JsonNode account) {
        out.printf("Address     %s%n", text(account, "address"));
        out.printf("Last login  %s%n", textOr(account, "lastLogin", "never"));
        out.printf(
                "Stores      %s, %s of %s%n",
                messages(account.path("messages").asLong()),
                Figures.octets(account.path("usedBytes").asLong()),
                Figures.octets(account.path("quotaBytes").asLong()));
        out.printf("Banned      %s%n", yesOrNo(account, "banned"));
        out.printf("Cleartext   %s%n", account.path("cleartext").asBoolean() ? "accepted" : "refused");
    }

    private void created(JsonNode account) {
        String link = text(account, "dcloginUrl");
        out.printf("Address   %s%n", text(account, "address"));
        if (account.hasNonNull("password")) {
            out.printf("Password  %s%n", text(account, "password"));
        }
        if (!link.isEmpty()) {
            out.printf("%nScan this in Delta Chat, or open the link:%n%n");
            link(link);
        }
    }

    private void link(String link) {
        out.print(TerminalQrCode.of(link, colored));
        out.printf("%n%s%n", link);
    }

    private void tokens(JsonNode tokens) {
        TextTable table = new TextTable("Id", "Label", "Used", "Of", "Expires", "Link");
        for (JsonNode token : tokens) {
            table.add(
                    text(token, "id"),
                    text(token, "label"),
                    Figures.count(token.path("used").asLong()),
                    Figures.count(token.path("uses").asLong()),
                    textOr(token, "expires", "never"),
                    text(token, "link"));
        }
        print(table, "No invitations. To make one: chatmail tokens create --label TEXT --uses N --days N");
    }

    private void invitation(JsonNode token) {
        out.printf(
                "Invitation %s for %s, expires %s%n%n",
                text(token, "id"),
                Figures.count(token.path("uses").asLong())
                        + (token.path("uses").asLong() == 1 ? " account" : " accounts"),
                textOr(token, "expires", "never"));
        link(text(token, "link"));
    }

    private void registration(JsonNode answer) {
        String meaning = switch (text(answer, "mode")) {
            case "open" -> "everybody can make an account";
            case "token" -> "whoever has an invitation can make an account (chatmail tokens)";
            case "closed" -> "nobody but you can make an account (chatmail accounts create)";
            default -> "";
        };
        out.printf("Registration is %s: %s.%n", text(answer, "mode"), meaning);
        long perNetwork = answer.path("perNetwork").asLong();
        out.println(
                perNetwork == 0
                        ? "A network may make as many as it likes."
                        : "A network may make %s an hour.".formatted(Figures.count(perNetwork)));
        out.printf(
                "New accounts wait while the load is above %s, memory below %s, free disk below %s.%n",
                answer.path("guardLoad").asDouble() == 0 ? "(off)" : text(answer, "guardLoad"),
                octetsOrOff(answer.path("guardMemory").asLong()),
                octetsOrOff(answer.path("guardDisk").asLong()));
        List<String> switched = new ArrayList<>();
        answer.path("switched").forEach(each -> switched.add(each.asText()));
        out.println(
                switched.isEmpty()
                        ? "All of this is as configured."
                        : "Switched, and kept over restarts: %s. chatmail registration reset takes that back."
                                .formatted(String.join(", ", switched)));
    }

    private static String octetsOrOff(long octets) {
        return octets == 0 ? "(off)" : Figures.octets(octets);
    }

    private void queue(JsonNode queues) {
        TextTable table = new TextTable("Domain", "Messages", "Oldest", "Next attempt", "Trouble");
        for (JsonNode queue : queues) {
            table.add(
                    text(queue, "domain"),
                    Figures.count(queue.path("messages").asLong()),
                    text(queue, "oldest"),
                    text(queue, "nextAttempt"),
                    text(queue, "trouble"));
        }
        print(table, "No mail waits for other servers.");
    }

    private void expiry(JsonNode task) {
        JsonNode found = task.path("additionalInformation");
        out.printf(
                "%s %s (%s), %s accounts.%n",
                found.path("dryRun").asBoolean() ? "Would go:" : "Removed:",
                messages(found.path("messages").asLong()),
                Figures.octets(found.path("bytes").asLong()),
                Figures.count(found.path("accounts").asLong()));
        if (found.path("failures").asLong() > 0) {
            out.printf(
                    "%s failures; the log tells more.%n",
                    Figures.count(found.path("failures").asLong()));
        }
    }

    private void moves(JsonNode answer) {
        JsonNode accounts = answer.path("accounts");
        out.printf(
                "%s %s accounts; %s came before, %s are unused for too long, %s failed.%n",
                answer.path("dryRun").asBoolean() ? "Would take" : "Took",
                Figures.count(accounts.path("moved").asLong()),
                Figures.count(accounts.path("known").asLong()),
                Figures.count(accounts.path("unused").asLong()),
                Figures.count(accounts.path("failed").asLong()));
        JsonNode mail = answer.path("messages");
        if (!mail.isMissingNode()) {
            out.printf(
                    "%s (%s); %s came before, %s are too old, %s too large, %s over the quota, %s unreadable.%n",
                    messages(mail.path("stored").asLong()),
                    Figures.octets(mail.path("storedBytes").asLong()),
                    Figures.count(mail.path("present").asLong()),
                    Figures.count(mail.path("tooOld").asLong()),
                    Figures.count(mail.path("tooLarge").asLong()),
                    Figures.count(mail.path("overQuota").asLong()),
                    Figures.count(mail.path("unreadable").asLong()));
        }
        for (JsonNode failure : answer.path("failures")) {
            out.printf("%s: %s%n", text(failure, "address"), text(failure, "reason"));
        }
    }

    private void status(JsonNode status) {
        JsonNode waiting = status.path("queue");
        out.printf(
                "James Chatmail %s for %s, since %s%n%n",
                text(status, "version"), text(status, "domain"), text(status, "startedAt"));
        out.printf("Accounts       %s%n", Figures.count(status.path("accounts").asLong()));
        out.printf(
                "Messages       %s, %s%n",
                Figures.count(status.path("messages").asLong()),
                Figures.octets(status.path("storedBytes").asLong()));
        out.printf(
                "Free disk      %s%n",
                Figures.octets(status.path("freeDiskBytes").asLong()));
        out.printf(
                "Heap in use    %s%n",
                Figures.octets(status.path("heapUsedBytes").asLong()));
        out.printf("Registration   %s%n", text(status, "registration"));
        out.printf(
                "Waiting        %s to other servers, %s in the spool, %s notifications%n",
                Figures.count(waiting.path("outgoing").asLong()),
                Figures.count(waiting.path("spool").asLong()),
                Figures.count(waiting.path("push").asLong()));
    }

    private void print(TextTable table, String whenEmpty) {
        if (table.isEmpty()) {
            out.println(whenEmpty);
        } else {
            out.print(table);
        }
    }

    private static String yesOrNo(JsonNode node, String field) {
        return node.path(field).asBoolean() ? "yes" : "no";
    }

    private static String text(JsonNode node, String field) {
        return textOr(node, field, "");
    }

    private static String textOr(JsonNode node, String field, String otherwise) {
        return node.hasNonNull(field) ? node.path(field).asText() : otherwise;
    }
}
