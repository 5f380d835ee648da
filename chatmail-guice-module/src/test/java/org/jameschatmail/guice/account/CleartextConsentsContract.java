package org.jameschatmail.guice.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jameschatmail.core.account.CleartextConsents;
import org.junit.jupiter.api.Test;

/** What every database keeps of consents. Each test has accounts of its own. */
interface CleartextConsentsContract {
    /** With our tables. */
    DataSource database();

    private CleartextConsents subject() {
        return new JdbcCleartextConsents(database());
    }

    @Test
    default void consentShouldBeThereWhenItWasGiven() {
        assertThat(subject().areGivenBy(List.of("given@chat.example"))).isFalse();

        subject().give("given@chat.example");
        subject().give("given@chat.example");

        assertThat(subject().areGivenBy(List.of("given@chat.example"))).isTrue();
    }

    @Test
    default void consentShouldBeGoneWhenItWasWithdrawn() {
        subject().give("gone@chat.example");
        subject().withdraw("gone@chat.example");
        subject().withdraw("gone@chat.example");

        assertThat(subject().areGivenBy(List.of("gone@chat.example"))).isFalse();
    }

    @Test
    default void consentsShouldBeAllThereWhenAllAreAsked() {
        subject().give("one@chat.example");
        subject().give("two@chat.example");

        assertThat(subject().areGivenBy(List.of("one@chat.example", "two@chat.example", "one@chat.example")))
                .isTrue();
        assertThat(subject().areGivenBy(List.of("one@chat.example", "three@chat.example")))
                .isFalse();
        assertThat(subject().areGivenBy(List.of())).isFalse();
    }

    @Test
    default void consentsShouldBeFoundWhenThereAreMoreThanOneQueryNames() {
        List<String> many = new ArrayList<>(IntStream.range(0, 1_001)
                .mapToObj(number -> "many" + number + "@chat.example")
                .toList());
        many.forEach(subject()::give);
        assertThat(subject().areGivenBy(many)).isTrue();

        many.add("missing@chat.example");
        assertThat(subject().areGivenBy(many)).isFalse();
    }

    @Test
    default void consentShouldBeGivenOnceWhenManyGiveItAtOnce() {
        IntStream.range(0, 50).parallel().forEach(attempt -> subject().give("racing@chat.example"));

        assertThat(subject().areGivenBy(List.of("racing@chat.example"))).isTrue();
    }
}
