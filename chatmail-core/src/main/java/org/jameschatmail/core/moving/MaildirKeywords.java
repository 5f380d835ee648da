package org.jameschatmail.core.moving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dovecot's file {@code dovecot-keywords}: a line each, {@code 0 $MDNSent} is the keyword of the letter {@code a}. */
record MaildirKeywords(Map<Integer, String> names) {
    static final MaildirKeywords NONE = new MaildirKeywords(Map.of());

    private static final Pattern LINE = Pattern.compile("([0-9]{1,2}) ([^\\\\].*)");

    MaildirKeywords {
        names = Map.copyOf(names);
    }

    /** Leaves out what isn't a keyword. */
    static MaildirKeywords of(List<String> lines) {
        Map<Integer, String> names = new HashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && MovedMessage.isFlag(matcher.group(2))) {
                names.put(Integer.parseInt(matcher.group(1)), matcher.group(2));
            }
        }
        return new MaildirKeywords(names);
    }

    Optional<String> of(char letter) {
        return Optional.ofNullable(names.get(letter - 'a'));
    }
}
