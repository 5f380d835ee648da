package org.jameschatmail.core.mime;

import java.util.List;
import java.util.Optional;

/**
 * The header of a message or of a part, in the order of its fields. Names match in any case.
 */
public record MimeHeader(List<HeaderField> fields) {
    public MimeHeader {
        fields = List.copyOf(fields);
    }

    public int count(String name) {
        int count = 0;
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                count++;
            }
        }
        return count;
    }

    /** The value of the first field of that name. */
    public Optional<String> first(String name) {
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }

    /** The value of the field of that name if there is exactly one; two that contradict each other say nothing. */
    public Optional<String> only(String name) {
        return count(name) == 1 ? first(name) : Optional.empty();
    }
}
