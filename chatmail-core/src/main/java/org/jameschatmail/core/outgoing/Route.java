package org.jameschatmail.core.outgoing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Which hosts take the mail of a domain. */
public sealed interface Route {
    /** Larger sets of MX records are cut. */
    int MAX_HOSTS = 8;

    /** @param names in the order in which they are tried, one or more */
    record Hosts(List<String> names) implements Route {
        public Hosts {
            names = List.copyOf(names);
        }
    }

    /** No host does, or none is known now. */
    record Nowhere(Diagnosis diagnosis) implements Route {}

    /**
     * The hosts of a domain, the preferred ones first and equals in any order; the domain itself where it names none.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5321#section-5.1">RFC 5321, section 5.1</a>
     * @see <a href="https://www.rfc-editor.org/rfc/rfc7505">RFC 7505: null MX</a>
     */
    static Route of(Destination destination, MxAnswer answer, Random random) {
        if (answer instanceof MxAnswer.Records records) {
            return ofRecords(records.records(), random);
        }
        if (answer instanceof MxAnswer.None) {
            return new Hosts(List.of(destination.domain().host()));
        }
        if (answer instanceof MxAnswer.NoSuchDomain) {
            return new Nowhere(Diagnosis.ours(512, "5.1.2", "The domain of the address does not exist"));
        }
        return new Nowhere(Diagnosis.ours(451, "4.4.3", "The mail hosts of the domain are not known now"));
    }

    private static Route ofRecords(List<MxAnswer.Record> records, Random random) {
        List<MxAnswer.Record> hosts = new ArrayList<>(
                records.stream().filter(record -> !record.host().isEmpty()).toList());
        if (hosts.isEmpty()) {
            return new Nowhere(Diagnosis.ours(556, "5.1.10", "The domain of the address takes no mail"));
        }
        Collections.shuffle(hosts, random);
        hosts.sort(Comparator.comparingInt(MxAnswer.Record::preference));
        return new Hosts(hosts.stream()
                .map(MxAnswer.Record::host)
                .distinct()
                .limit(MAX_HOSTS)
                .toList());
    }
}
