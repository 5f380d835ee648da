package org.jameschatmail.mailet;

import java.util.Locale;
import javax.mail.MessagingException;
import org.jameschatmail.core.mime.Strictness;
import org.jspecify.annotations.Nullable;

/** Which way a message goes, and so how much is forgiven about its form. */
enum Direction {
    /** From our own users. */
    OUTGOING(Strictness.STRICT),
    /** From other servers. */
    INCOMING(Strictness.LENIENT);

    private final Strictness strictness;

    Direction(Strictness strictness) {
        this.strictness = strictness;
    }

    Strictness strictness() {
        return strictness;
    }

    /** Reads a parameter; there is no default, as the wrong one would let too much pass or too little. */
    static Direction parse(String owner, @Nullable String parameter) throws MessagingException {
        String value = parameter == null ? "" : parameter.strip();
        for (Direction direction : values()) {
            if (direction.name().toLowerCase(Locale.ROOT).equals(value)) {
                return direction;
            }
        }
        throw new MessagingException(owner + " needs a direction: outgoing or incoming");
    }
}
