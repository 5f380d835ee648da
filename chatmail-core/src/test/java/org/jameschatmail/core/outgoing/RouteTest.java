package org.jameschatmail.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jameschatmail.core.outgoing.MxAnswer.Record;
import org.jameschatmail.core.outgoing.MxAnswer.Records;
import org.jameschatmail.core.outgoing.Route.Hosts;
import org.jameschatmail.core.outgoing.Route.Nowhere;
import org.junit.jupiter.api.Test;

class RouteTest {
    private static final Destination DESTINATION =
            Destination.parse("chat.example").orElseThrow();

    private static Route route(MxAnswer answer) {
        return Route.of(DESTINATION, answer, new Random(1));
    }

    private static String refusal(MxAnswer answer) {
        return ((Nowhere) route(answer)).diagnosis().codes();
    }

    @Test
    void hostsShouldComeByPreference() {
        Records records = new Records(List.of(new Record(20, "c"), new Record(5, "a"), new Record(10, "b")));

        assertThat(route(records)).isEqualTo(new Hosts(List.of("a", "b", "c")));
    }

    @Test
    void equalHostsShouldShareTheLoad() {
        Records records = new Records(List.of(new Record(5, "a"), new Record(5, "b")));

        Random random = new Random(1);

        assertThat(IntStream.range(0, 50)
                        .mapToObj(draw -> Route.of(DESTINATION, records, random))
                        .distinct())
                .hasSize(2);
    }

    @Test
    void domainShouldBeItsOwnHostWhenItNamesNone() {
        assertThat(route(new MxAnswer.None())).isEqualTo(new Hosts(List.of("chat.example")));
    }

    @Test
    void domainShouldTakeNoMailWhenItsHostIsTheRoot() {
        assertThat(refusal(new Records(List.of(new Record(0, ""))))).isEqualTo("556 5.1.10");
        assertThat(route(new Records(List.of(new Record(0, ""), new Record(1, "a")))))
                .isEqualTo(new Hosts(List.of("a")));
    }

    @Test
    void unknownDomainShouldBeTellableFromTrouble() {
        assertThat(refusal(new MxAnswer.NoSuchDomain())).isEqualTo("512 5.1.2");
        assertThat(refusal(new MxAnswer.Trouble())).isEqualTo("451 4.4.3");
    }

    @Test
    void hostsShouldBeFewWhateverTheZoneSays() {
        List<Record> many = IntStream.range(0, 1000)
                .mapToObj(number -> new Record(number, "mx" + number))
                .toList();

        assertThat(((Hosts) route(new Records(many))).names()).hasSize(Route.MAX_HOSTS);
    }
}
