package org.jameschatmail.core.outgoing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The message that tells a sender who hasn't got theirs, and why: a person's text, a machine's, and the header of the
 * original. Immutable.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3464">RFC 3464</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6522">RFC 6522</a>
 * @param reporter the name of this server
 * @param daemon whom the report is from, such as {@code mailer-daemon@chat.example}
 * @param sender who gets it
 * @param accepted when the original was accepted
 * @param now the report's date
 * @param token letters and digits by which the report is told from all others
 */
public record FailureReport(
        String reporter, String daemon, String sender, Instant accepted, Instant now, String token) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A recipient who won't get the message. */
    public record Failure(String recipient, Diagnosis diagnosis) {}

    /**
     * The report, with CRLF line ends.
     *
     * @param failures one or more
     * @param header of the original, with CRLF line ends; the empty line may be there or not
     */
    public byte[] text(List<Failure> failures, byte[] header) {
        String boundary = "report-" + token;
        StringBuilder text = new StringBuilder(1024);
        text.append(topHeader(boundary)).append("--").append(boundary).append("\r\n");
        text.append("Content-Type: text/plain; charset=us-ascii\r\n\r\n");
        text.append("Your message could not be delivered to the following addresses.\r\n\r\n");
        for (Failure failure : failures) {
            text.append("<%s>\r\n    %s%s\r\n"
                    .formatted(
                            failure.recipient(),
                            failure.diagnosis()
                                    .remoteHost()
                                    .map(host -> host + " said: ")
                                    .orElse(""),
                            failure.diagnosis().line()));
        }
        text.append("\r\n--").append(boundary).append("\r\n");
        text.append("Content-Type: message/delivery-status\r\n\r\n");
        text.append("Reporting-MTA: dns; %s\r\nArrival-Date: %s\r\n".formatted(reporter, DATE.format(accepted)));
        failures.forEach(failure -> text.append("\r\n").append(fields(failure)));
        text.append("\r\n--").append(boundary).append("\r\n");
        text.append("Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
        String original = new String(header, StandardCharsets.ISO_8859_1).stripTrailing();
        text.append(original).append("\r\n\r\n--").append(boundary).append("--\r\n");
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String topHeader(String boundary) {
        return """
                From: Mail Delivery System <%s>
                To: <%s>
                Subject: Undelivered mail
                Date: %s
                Message-ID: <%s@%s>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="%s"

                """.formatted(daemon, sender, DATE.format(now), token, reporterName(), boundary)
                .replace("\n", "\r\n");
    }

    private String reporterName() {
        return reporter.startsWith("[") ? "localhost" : reporter;
    }

    private static String fields(Failure failure) {
        Diagnosis diagnosis = failure.diagnosis();
        String status = "5" + diagnosis.status().substring(1);
        String type = diagnosis.remoteHost().isPresent() ? "smtp" : "x-chatmail";
        return "Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\n%sDiagnostic-Code: %s; %s\r\n"
                .formatted(
                        failure.recipient(),
                        status,
                        diagnosis
                                .remoteHost()
                                .map(host -> "Remote-MTA: dns; " + host + "\r\n")
                                .orElse(""),
                        type,
                        diagnosis.line());
    }
}
