package org.jameschatmail.protocols.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jameschatmail.core.address.HostAndPort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

class KeyRecordsTest {
    private static final String NAME = "a._domainkey.example.org";
    private static final String OTHER = "b._domainkey.example.net";
    private static final Signer SIGNER = Signer.rsa(2048, "example.org", "a");

    private NameServer dns;

    @BeforeEach
    void start() throws IOException {
        dns = NameServer.start();
    }

    @AfterEach
    void stop() throws IOException {
        dns.close();
    }

    @Test
    void lookUpShouldFindKeyInSplitStrings() {
        dns.txt(NAME, 300, SIGNER.strings());
        assertThat(SIGNER.strings()).hasSizeGreaterThan(1);
        assertThat(lookUp()).isEqualTo(found(300));
    }

    @Test
    void lookUpShouldAskByTcpWhenAnswerIsTruncated() {
        dns.txt(NAME, 300, SIGNER.strings()).truncated(NAME);
        assertThat(lookUp()).isEqualTo(found(300));
        assertThat(dns.questions(NAME)).isEqualTo(2);
    }

    @Test
    void lookUpShouldFollowAliasInTheAnswer() {
        dns.records(
                NAME,
                new CNAMERecord(NameServer.name(NAME), DClass.IN, 20, NameServer.name(OTHER)),
                new TXTRecord(NameServer.name(OTHER), DClass.IN, 300, List.of(SIGNER.strings())));
        assertThat(lookUp()).isEqualTo(found(20));
    }

    @Test
    void lookUpShouldFollowAliasByAnotherQuestion() {
        dns.alias(NAME, 500, OTHER).txt(OTHER, 300, SIGNER.strings());
        assertThat(lookUp()).isEqualTo(found(300));
    }

    @Test
    void lookUpShouldEndWhenAliasesGoInCircles() {
        dns.alias(NAME, 500, OTHER).alias(OTHER, 500, NAME);
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Missing());
    }

    @Test
    void lookUpShouldIgnoreRecordOfAnotherName() {
        dns.records(NAME, new TXTRecord(NameServer.name(OTHER), DClass.IN, 300, List.of(SIGNER.strings())));
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Missing());
    }

    @Test
    void lookUpShouldMissKeyWhenThereIsNoneOrGarbage() {
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Missing());
        dns.records(NAME);
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Missing());
        dns.txt(NAME, 300, "garbage", "p=");
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Missing());
    }

    @Test
    void lookUpShouldTakeTheKeyAmongOtherRecords() {
        dns.records(
                NAME,
                new TXTRecord(NameServer.name(NAME), DClass.IN, 300, "unrelated text"),
                new TXTRecord(NameServer.name(NAME), DClass.IN, 300, List.of(SIGNER.strings())));
        assertThat(lookUp()).isEqualTo(found(300));
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR})
    void lookUpShouldBeUnavailableWhenServerIsInTrouble(int rcode) {
        dns.rcode(NAME, rcode);
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Unavailable());
    }

    @Test
    void lookUpShouldBeUnavailableWhenServerOnlyRefersElsewhere() {
        dns.answer(NAME, reply -> {
            reply.getHeader().unsetFlag(Flags.RA);
            return reply;
        });
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Unavailable());
    }

    @Test
    void lookUpShouldNotBelieveReplyToAnotherQuestion() {
        TXTRecord forged = new TXTRecord(NameServer.name(NAME), DClass.IN, 300, List.of(SIGNER.strings()));
        dns.answer(NAME, reply -> {
            reply.getHeader().setID(reply.getHeader().getID() ^ 1);
            reply.addRecord(forged, Section.ANSWER);
            return reply;
        });
        assertThat(lookUp(Duration.ofMillis(500), dns)).isEqualTo(new KeyAnswer.Unavailable());
        dns.answer(NAME, reply -> {
            reply.removeAllRecords(Section.QUESTION);
            reply.addRecord(Record.newRecord(NameServer.name(OTHER), Type.TXT, DClass.IN), Section.QUESTION);
            reply.addRecord(forged, Section.ANSWER);
            return reply;
        });
        assertThat(lookUp(Duration.ofMillis(500), dns)).isEqualTo(new KeyAnswer.Unavailable());
    }

    @Test
    void lookUpShouldBeUnavailableAtTheDeadlineWhenServerIsSilent() {
        dns.silent(NAME);
        long start = System.nanoTime();
        assertThat(lookUp(Duration.ofMillis(300), dns)).isEqualTo(new KeyAnswer.Unavailable());
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(4));
    }

    @Test
    void lookUpShouldAskTheNextServerWhenOneIsInTrouble() throws IOException {
        try (NameServer second = NameServer.start()) {
            dns.rcode(NAME, Rcode.SERVFAIL);
            second.txt(NAME, 300, SIGNER.strings());
            assertThat(lookUp(Duration.ofSeconds(5), dns, second)).isEqualTo(found(300));
        }
    }

    @Test
    void lookUpShouldAskTheSameServerTwice() {
        AtomicInteger questions = new AtomicInteger();
        dns.answer(NAME, reply -> {
            if (questions.incrementAndGet() == 1) {
                reply.getHeader().setRcode(Rcode.SERVFAIL);
            } else {
                reply.addRecord(
                        new TXTRecord(NameServer.name(NAME), DClass.IN, 300, List.of(SIGNER.strings())),
                        Section.ANSWER);
            }
            return reply;
        });
        assertThat(lookUp()).isEqualTo(found(300));
    }

    @Test
    void lookUpShouldAskTheNextServerWhenOneIsSilent() throws IOException {
        try (NameServer second = NameServer.start()) {
            dns.silent(NAME);
            second.txt(NAME, 300, SIGNER.strings());
            assertThat(lookUp(Duration.ofSeconds(5), dns, second)).isEqualTo(found(300));
        }
    }

    @Test
    void lookUpShouldBeUnavailableWhenThreadIsInterrupted() {
        dns.txt(NAME, 300, SIGNER.strings());
        Thread.currentThread().interrupt();
        assertThat(lookUp()).isEqualTo(new KeyAnswer.Unavailable());
        assertThat(Thread.interrupted()).isTrue();
    }

    private KeyAnswer lookUp() {
        return lookUp(Duration.ofSeconds(5), dns);
    }

    private static KeyAnswer lookUp(Duration patience, NameServer... servers) {
        List<HostAndPort> addresses =
                List.of(servers).stream().map(NameServer::address).toList();
        return new KeyRecords(addresses).lookUp(NAME, Deadline.in(patience));
    }

    private static KeyAnswer found(long seconds) {
        DkimKey key = DkimKey.parse(SIGNER.record()).orElseThrow();
        return new KeyAnswer.Found(List.of(key), Duration.ofSeconds(seconds));
    }
}
