package org.jameschatmail.core.documentation;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jameschatmail.core.verdict.Reason;
import org.junit.jupiter.api.Test;

class RefusalsPageTest {
    private static final String HEAD = """
            # Every refusal

            What the server says when it doesn't take a login, a recipient or a message, over SMTP and in the text of
            `POST /mxdeliv`. Codes that begin with 4 are tried again by whoever sends, those with 5 are final. `/chatmail/metrics`
            counts each in `chatmail_refusals_total`, by the name in the last column. The log names nobody.

            This page is made from the code.

            | reply | when | what helps | counted as |
            |---|---|---|---|
            """;

    /** When it is said, and what helps. */
    private record Explanation(String when, String help) {}

    @Test
    void pageShouldHaveEveryRefusal() throws IOException {
        new GeneratedPage(
                        "refusals.md",
                        HEAD
                                + Arrays.stream(Reason.values())
                                        .map(RefusalsPageTest::row)
                                        .collect(Collectors.joining()))
                .verify();
    }

    private static String row(Reason reason) {
        Explanation explanation = explanation(reason);
        String enhanced = reason.enhancedCode().isEmpty() ? "" : " " + reason.enhancedCode();
        String text = reason.text().startsWith(":") ? reason.text() : " " + reason.text();
        return "| `%d%s%s` | %s | %s | `%s` |\n"
                .formatted(
                        reason.code(),
                        enhanced,
                        text.replace("%s", "…"),
                        explanation.when(),
                        explanation.help(),
                        reason.name().toLowerCase(Locale.ROOT));
    }

    private static Explanation explanation(Reason reason) {
        return switch (reason) {
            case TLS_NEEDED -> of("MAIL before STARTTLS", "the sender's server has to use TLS; there is no exception");
            case LOGIN_NEEDED ->
                of("submission without a login", "the program has to log in, also for local recipients");
            case WRONG_CREDENTIALS ->
                of(
                        "a wrong password, or a new account that isn't given: registration closed, an invitation needed, a"
                                + " name or password too short, a banned or reserved address, limits of the network, a guard of the machine",
                        "`chatmail registration` and `chatmail accounts show ADDRESS`");
            case LOGIN_UNDECIDED ->
                of("the database can't be asked", "it passes; otherwise look at the log and the disk");
            case MALFORMED_SIZE -> of("`SIZE=` without a number", "a fault of the sending program");
            case PARAMETER_NOT_OFFERED ->
                of("a parameter of MAIL or RCPT that EHLO didn't offer", "a fault of the sending program");
            case MALFORMED_SENDER -> of("an envelope sender that is no address", "a fault of the sending program");
            case NO_RECIPIENT -> of("a message for nobody", "a fault of the sending program");
            case TOO_BUSY ->
                of(
                        "too many messages at once by `/mxdeliv`",
                        "it passes; `smtp.connections.max` and `smtp.connections.per-network` are the limits");
            case TOO_MUCH_MAIL ->
                of(
                        "one account sends faster than `send.rate.per-minute` and `send.rate.burst`",
                        "the program tries again by itself");
            case SENDER_IS_NOT_LOGIN ->
                of("the envelope sender isn't the account that is logged in", "one account can't write as another");
            case TOO_MANY_RECIPIENTS -> of("more recipients than `message.recipients.max`", "send in parts");
            case MESSAGE_TOO_LARGE -> of("a message above `message.size.max`", "send less, or raise the limit");
            case BARE_LINE_BREAK ->
                of("CR or LF alone in a message, which smuggles mail past others", "a fault of the sending program");
            case MALFORMED_MESSAGE ->
                of("a message that can't be read, or is nested too deep", "a fault of the sending program");
            case INVALID_FROM ->
                of(
                        "the From field isn't the account, is missing or stands there twice",
                        "a fault of the sending program");
            case DUPLICATE_CONTENT_TYPE -> of("two Content-Type fields", "a fault of the sending program");
            case ENCRYPTION_NEEDED ->
                of(
                        "a message that isn't end-to-end encrypted",
                        "encrypt it; for mail from outside to one account, the administrator can let it take cleartext"
                                + " (`PUT /chatmail/accounts/ADDRESS/cleartext`)");
            case RELAYING_DENIED ->
                of("port 25 is asked to bring mail to another domain", "users log in on 465 or 587");
            case UNKNOWN_RECIPIENT ->
                of("a domain of ours, and no such account", "look for a typo, or a removed account");
            case RECIPIENT_NOT_ALLOWED ->
                of("a recipient that is no address, or has an `@` in quotes", "write to another address");
            case MAILBOX_FULL ->
                of(
                        "the recipient's storage is full (`quota.storage`)",
                        "messages older than `quota.expire.protect` make room by themselves");
            case NO_DKIM_SIGNATURE ->
                of("mail from another server that isn't signed", "the sender's server has to sign by DKIM");
            case NO_VALID_DKIM_SIGNATURE ->
                of(
                        "no signature of the From domain verifies: a wrong or missing record in its DNS, or a message that was"
                                + " changed on its way",
                        "the sender's administrator looks at the record; if that is ours, `chatmail dns --check`");
            case FROM_IS_NOT_THE_CONNECTED_ADDRESS ->
                of(
                        "From is at an address such as `[192.0.2.1]`, and the connection comes from another",
                        "nothing here");
            case DKIM_KEY_UNAVAILABLE ->
                of(
                        "the name service doesn't answer for the sender's key",
                        "it passes; if not, `dns.server` and `chatmail doctor`");
            case LOCAL_TROUBLE ->
                of("our own trouble: database, disk", "nothing is lost, the sender tries again; look at the log");
        };
    }

    private static Explanation of(String when, String help) {
        return new Explanation(when, help);
    }
}
