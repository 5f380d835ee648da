package org.jameschatmail.core.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jameschatmail.core.zone.ZoneCheck.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneCheckTest {
    private static final ZoneRecord MX = new ZoneRecord("chat.example", RecordType.MX, "10 mx.chat.example");
    private static final ZoneRecord SPF = new ZoneRecord("chat.example", RecordType.TXT, "v=spf1 mx -all");
    private static final ZoneRecord CAA = new ZoneRecord("chat.example", RecordType.CAA, "0 issue \"ca.example\"");
    private static final ZoneRecord ALIAS = new ZoneRecord("mta-sts.chat.example", RecordType.CNAME, "mx.chat.example");

    private final Map<String, Optional<List<String>>> published = new HashMap<>();

    private void publish(String name, RecordType type, String... values) {
        published.put(name + type, Optional.of(List.of(values)));
    }

    private List<String> states(ZoneRecord... records) {
        return report(records).findings().stream()
                .map(finding -> finding.state().word())
                .toList();
    }

    private ZoneReport report(ZoneRecord... records) {
        ZoneCheck check = new ZoneCheck((name, type) -> published.getOrDefault(name + type, Optional.of(List.of())));
        List<Finding> findings = check.check(List.of(records));
        return new ZoneReport(findings, List.of());
    }

    @Test
    void recordShouldBeMissingWhenNothingIsPublished() {
        assertThat(states(MX, SPF, CAA, ALIAS)).containsOnly("missing").hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "v=spf1 mx -all, published",
        "v=spf1  mx -all, published",
        "v=spf1 a -all, different",
        "google-site-verification=x, missing"
    })
    void textShouldBeComparedWithThoseOfItsKind(String text, String state) {
        publish("chat.example", RecordType.TXT, "something else", text);

        assertThat(states(SPF)).containsExactly(state);
    }

    @Test
    void textShouldBeDifferentWhenThereAreTwoOfItsKind() {
        publish("chat.example", RecordType.TXT, SPF.value(), "v=spf1 -all");
        assertThat(states(SPF)).containsExactly("different");

        publish("chat.example", RecordType.TXT, SPF.value(), SPF.value());
        assertThat(states(SPF)).containsExactly("different");
    }

    @Test
    void keyShouldBeRecognizedWithoutRegardToBlanks() {
        ZoneRecord key = new ZoneRecord("dkim._domainkey.chat.example", RecordType.TXT, "v=DKIM1; k=rsa; p=AAAA");
        publish(key.name(), RecordType.TXT, "v=DKIM1;k=rsa;p=AAAA;");
        assertThat(states(key)).containsExactly("published");

        publish(key.name(), RecordType.TXT, "v=DKIM1;k=rsa;p=AAAa;");
        assertThat(states(key)).containsExactly("different");
    }

    @Test
    void otherMailHostsShouldBeToldBecauseTheyWouldGetTheMail() {
        publish("chat.example", RecordType.MX, "10 MX.chat.example", "20 old.example");
        assertThat(states(MX)).containsExactly("different");

        publish("chat.example", RecordType.MX, "10 MX.chat.example");
        assertThat(states(MX)).containsExactly("published");
    }

    @Test
    void otherAuthoritiesShouldBeTheOperatorsAffair() {
        publish("chat.example", RecordType.CAA, CAA.value(), "0 issue \"other.example\"");

        assertThat(states(CAA)).containsExactly("published");
    }

    @Test
    void aliasShouldBeGoodWhenItLeadsToTheSameAddresses() {
        publish("mx.chat.example", RecordType.A, "192.0.2.1");
        publish("mta-sts.chat.example", RecordType.A, "192.0.2.1");
        assertThat(states(ALIAS)).containsExactly("published");

        publish("mta-sts.chat.example", RecordType.A, "192.0.2.9");
        assertThat(states(ALIAS)).containsExactly("different");
    }

    @Test
    void recordShouldBeUnknownWhenTheNameServersAreSilent() {
        published.put("chat.example" + RecordType.MX, Optional.empty());

        assertThat(states(MX)).containsExactly("unknown");
        assertThat(report(MX).isGood()).isFalse();
    }

    @Test
    void reportShouldSayWhatToChange() {
        publish("chat.example", RecordType.TXT, "v=spf1 \"-all");
        ZoneReport report = report(MX, SPF);

        assertThat(report.text()).isEqualTo("""
                missing    chat.example MX
                  add      chat.example. 3600 IN MX 10 mx.chat.example.
                different  chat.example TXT
                  found    v=spf1 "-all
                  needed   chat.example. 3600 IN TXT "v=spf1 mx -all"
                0 of 2 records are as needed
                """);
        assertThat(ZoneJson.of(report)).isEqualTo("""
                {"records":[
                {"name":"chat.example","type":"MX","value":"10 mx.chat.example","state":"missing","published":[]},
                {"name":"chat.example","type":"TXT","value":"v=spf1 mx -all","state":"different","published":["v=spf1 \\"-all"]}
                ],"notes":[]}
                """);
    }
}
