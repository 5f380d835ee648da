package org.jameschatmail.core.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.RelayConfiguration;
import org.jameschatmail.core.zone.RecordType;
import org.jameschatmail.core.zone.ZoneCheck;
import org.junit.jupiter.api.Test;

class CertifiedNamesTest {
    private static final ZoneCheck.Lookup SILENT = (name, type) -> Optional.empty();
    private static final CertifiedNames NAMES = names("chat.example", "mx.chat.example");

    private static CertifiedNames names(String domain, String hostname) {
        return CertifiedNames.of(new RelayConfiguration(
                MailDomain.parse(domain).orElseThrow(),
                MailDomain.parse(hostname).orElseThrow()));
    }

    private static ZoneCheck.Lookup zone(Map<String, List<String>> addresses) {
        return (name, type) -> Optional.of(addresses.getOrDefault(name, List.of()).stream()
                .filter(address -> address.contains(":") == (type == RecordType.AAAA))
                .toList());
    }

    @Test
    void mailHostShouldBeRequiredWhenItHasAName() {
        assertThat(NAMES)
                .isEqualTo(new CertifiedNames(
                        "mx.chat.example",
                        List.of(
                                "chat.example",
                                "autoconfig.chat.example",
                                "mta-sts.chat.example",
                                "www.chat.example")));
        assertThat(names("chat.example", "chat.example"))
                .isEqualTo(new CertifiedNames(
                        "chat.example",
                        List.of("autoconfig.chat.example", "mta-sts.chat.example", "www.chat.example")));
        assertThat(names("chat.example", "[192.0.2.1]").required()).isEqualTo("chat.example");
    }

    @Test
    void addressShouldBeRequiredWhenItIsTheDomain() {
        assertThat(names("[192.0.2.1]", "[192.0.2.1]")).isEqualTo(new CertifiedNames("192.0.2.1", List.of()));
        assertThat(names("[IPv6:2001:db8::1]", "mx.chat.example"))
                .isEqualTo(new CertifiedNames("2001:db8:0:0:0:0:0:1", List.of("mx.chat.example")));
        assertThat(CertifiedNames.isAddress("192.0.2.1")).isTrue();
        assertThat(CertifiedNames.isAddress("2001:db8:0:0:0:0:0:1")).isTrue();
        assertThat(CertifiedNames.isAddress("mx.chat.example")).isFalse();
    }

    @Test
    void optionalNamesShouldBeChosenWhenTheyLeadToUs() {
        ZoneCheck.Lookup zone = zone(Map.of(
                "mx.chat.example", List.of("192.0.2.1", "2001:db8:0:0:0:0:0:1"),
                "chat.example", List.of("192.0.2.1"),
                "mta-sts.chat.example", List.of("192.0.2.1", "192.0.2.7"),
                "www.chat.example", List.of("192.0.2.7")));

        assertThat(NAMES.chosen(zone, Set.of())).containsExactly("mx.chat.example", "chat.example");
        assertThat(names("[192.0.2.1]", "mx.example")
                        .chosen(zone(Map.of("mx.example", List.of("192.0.2.1"))), Set.of()))
                .containsExactly("192.0.2.1", "mx.example");
    }

    @Test
    void optionalNamesShouldBeLeftOutWhenTheRequiredOneHasNoAddress() {
        assertThat(NAMES.chosen(zone(Map.of("chat.example", List.of("192.0.2.1"))), Set.of("chat.example")))
                .containsExactly("mx.chat.example");
    }

    @Test
    void optionalNamesShouldStayWhenTheNameServiceIsSilent() {
        assertThat(NAMES.chosen(SILENT, Set.of())).containsExactly("mx.chat.example");
        assertThat(NAMES.chosen(SILENT, Set.of("chat.example", "stranger.example")))
                .containsExactly("mx.chat.example", "chat.example");
    }
}
