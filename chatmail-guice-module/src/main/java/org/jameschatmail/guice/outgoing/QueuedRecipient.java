package org.jameschatmail.guice.outgoing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jameschatmail.core.outgoing.Diagnosis;

/**
 * Someone who hasn't got a message yet.
 *
 * @param last why not, if it was tried
 */
record QueuedRecipient(String address, Optional<Diagnosis> last) {
    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 5;

    /** One line each: the address, and what there is of code, status, host and text, with tabs between them. */
    static String write(List<QueuedRecipient> recipients) {
        return recipients.stream().map(QueuedRecipient::line).collect(Collectors.joining("\n"));
    }

    private String line() {
        return last.map(diagnosis -> String.join(
                        SEPARATOR,
                        address,
                        Integer.toString(diagnosis.code()),
                        diagnosis.status(),
                        diagnosis.remoteHost().orElse(""),
                        diagnosis.text()))
                .orElse(address);
    }

    /** What {@link #write} wrote. */
    static List<QueuedRecipient> read(String lines) {
        return lines.lines().map(QueuedRecipient::parse).toList();
    }

    private static QueuedRecipient parse(String line) {
        String[] fields = line.split(SEPARATOR, FIELDS);
        if (fields.length < FIELDS) {
            return new QueuedRecipient(fields[0], Optional.empty());
        }
        Optional<String> host = Optional.of(fields[3]).filter(name -> !name.isEmpty());
        return new QueuedRecipient(
                fields[0], Optional.of(new Diagnosis(Integer.parseInt(fields[1]), fields[2], fields[4], host)));
    }
}
