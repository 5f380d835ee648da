package org.jameschatmail.core.outgoing;

import java.util.List;

/** What the name service says when it is asked for the mail hosts of a domain. */
public sealed interface MxAnswer {
    /** @param host without the final dot; empty for the root, which is nobody's host */
    record Record(int preference, String host) {}

    /** @param records one or more */
    record Records(List<Record> records) implements MxAnswer {
        public Records {
            records = List.copyOf(records);
        }
    }

    /** The domain exists and names no mail host. */
    record None() implements MxAnswer {}

    /** There is no such domain. */
    record NoSuchDomain() implements MxAnswer {}

    /** No server of the name service answered, or it has trouble of its own. */
    record Trouble() implements MxAnswer {}
}
