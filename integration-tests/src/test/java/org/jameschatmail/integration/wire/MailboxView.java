package org.jameschatmail.integration.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an IMAP client knows of its mailbox from the server's untagged replies alone: which message has which number, and
 * what is known of its UID and flags. Fails on a reply that no order of events could explain. For use by one thread.
 */
final class MailboxView {
    private static final Pattern NUMBERED = Pattern.compile("\\* ([0-9]+) (EXISTS|EXPUNGE|FETCH)(.*)");
    private static final Pattern UID = Pattern.compile("[( ]UID ([0-9]+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");

    private final List<Message> messages = new ArrayList<>();

    /** One message; its UID is 0 and its flags are null until they have been told. */
    record Message(long uid, @Nullable SortedSet<String> flags) {
        static final Message UNKNOWN = new Message(0, null);

        /** Whether nothing of this contradicts what the other knows. */
        boolean agreesWith(Message all) {
            return (uid == 0 || uid == all.uid) && (flags == null || flags.equals(all.flags));
        }
    }

    /** Takes an untagged reply; others than those on messages change nothing. */
    void apply(String line) {
        Matcher numbered = NUMBERED.matcher(line);
        if (!numbered.matches()) {
            return;
        }
        int number = Integer.parseInt(numbered.group(1));
        switch (numbered.group(2)) {
            case "EXISTS" -> {
                assertThat(number)
                        .as("no message vanishes without EXPUNGE: %s", line)
                        .isGreaterThanOrEqualTo(size());
                while (size() < number) {
                    messages.add(Message.UNKNOWN);
                }
            }
            case "EXPUNGE" -> {
                assertThat(number).as(line).isPositive().isLessThanOrEqualTo(size());
                messages.remove(number - 1);
            }
            default -> fetched(number, numbered.group(3), line);
        }
    }

    private void fetched(int number, String items, String line) {
        assertThat(number).as(line).isPositive().isLessThanOrEqualTo(size());
        Message known = messages.get(number - 1);
        Matcher uid = UID.matcher(items);
        Matcher flags = FLAGS.matcher(items);
        long told = uid.find() ? Long.parseLong(uid.group(1)) : known.uid();
        assertThat(known.uid()).as("a message keeps its UID: %s", line).isIn(0L, told);
        messages.set(number - 1, new Message(told, flags.find() ? set(flags.group(1)) : known.flags()));
        assertAscending(line);
    }

    private static SortedSet<String> set(String flags) {
        SortedSet<String> set = new TreeSet<>(Arrays.asList(flags.split(" ")));
        set.removeAll(List.of("", "\\Recent"));
        return set;
    }

    private void assertAscending(String line) {
        long before = 0;
        for (Message message : messages) {
            if (message.uid() != 0) {
                assertThat(message.uid())
                        .as("UIDs rise with the numbers: %s", line)
                        .isGreaterThan(before);
                before = message.uid();
            }
        }
    }

    int size() {
        return messages.size();
    }

    List<Message> messages() {
        return List.copyOf(messages);
    }

    boolean agreesWith(MailboxView all) {
        if (size() != all.size()) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (!messages.get(i).agreesWith(all.messages.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return messages.toString();
    }
}
