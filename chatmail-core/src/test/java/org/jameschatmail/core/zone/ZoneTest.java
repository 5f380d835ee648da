package org.jameschatmail.core.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jameschatmail.core.configuration.ChatmailConfiguration;
import org.jameschatmail.core.configuration.ConfigurationLoader;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.ConfigurationSources;
import org.jameschatmail.core.configuration.Flavor;
import org.jameschatmail.core.configuration.Origin;
import org.jameschatmail.core.configuration.Setting;
import org.jameschatmail.core.dkim.SigningKey;
import org.jameschatmail.core.dkim.SigningKey.Algorithm;
import org.jameschatmail.core.outgoing.StsPolicy;
import org.junit.jupiter.api.Test;

class ZoneTest {
    private static final SigningKey KEY = SigningKey.generate("dkim", Algorithm.RSA, new SecureRandom());

    private static ChatmailConfiguration configuration(String... settings) {
        List<Setting> all = new ArrayList<>();
        all.add(new Setting("port.offset", "0", new Origin.CommandLineOption("--set")));
        for (int index = 0; index < settings.length; index += 2) {
            all.add(new Setting(settings[index], settings[index + 1], new Origin.CommandLineOption("--set")));
        }
        ConfigurationResult result = ConfigurationLoader.load(
                new ConfigurationSources(Flavor.CHECKOUT, Path.of("/nowhere"), false, Map.of(), all));
        assertThat(result).isInstanceOf(ConfigurationResult.Loaded.class);
        return ((ConfigurationResult.Loaded) result).configuration();
    }

    private static List<String> lines(ChatmailConfiguration configuration, String... addresses) throws Exception {
        List<InetAddress> parsed = new ArrayList<>();
        for (String address : addresses) {
            parsed.add(InetAddress.getByName(address));
        }
        return Zone.of(configuration, List.of(KEY), parsed).text().lines().toList();
    }

    @Test
    void zoneShouldHoldWhatADomainNeeds() throws Exception {
        List<String> lines = lines(
                configuration(
                        "domain", "chat.example",
                        "hostname", "mx.chat.example",
                        "tls.mode", "acme",
                        "acme.email", "root@elsewhere.example",
                        "privacy.mail", "root@elsewhere.example"),
                "192.0.2.1",
                "2001:db8::1");

        assertThat(lines)
                .filteredOn(line -> !line.contains("v=DKIM1") && !line.contains("v=STSv1"))
                .containsExactlyInAnyOrder(
                        "chat.example. 3600 IN A 192.0.2.1",
                        "chat.example. 3600 IN AAAA 2001:db8:0:0:0:0:0:1",
                        "mx.chat.example. 3600 IN A 192.0.2.1",
                        "mx.chat.example. 3600 IN AAAA 2001:db8:0:0:0:0:0:1",
                        "chat.example. 3600 IN MX 10 mx.chat.example.",
                        "chat.example. 3600 IN TXT \"v=spf1 mx -all\"",
                        "_dmarc.chat.example. 3600 IN TXT \"v=DMARC1; p=reject; adkim=s; aspf=s\"",
                        "mta-sts.chat.example. 3600 IN CNAME mx.chat.example.",
                        "_smtp._tls.chat.example. 3600 IN TXT \"v=TLSRPTv1; rua=mailto:root@elsewhere.example\"",
                        "chat.example. 3600 IN CAA 0 issue \"letsencrypt.org\"",
                        "autoconfig.chat.example. 3600 IN CNAME mx.chat.example.",
                        "_submissions._tcp.chat.example. 3600 IN SRV 0 1 465 mx.chat.example.",
                        "_submission._tcp.chat.example. 3600 IN SRV 0 1 587 mx.chat.example.",
                        "_imaps._tcp.chat.example. 3600 IN SRV 0 1 993 mx.chat.example.",
                        "_imap._tcp.chat.example. 3600 IN SRV 0 1 143 mx.chat.example.");
    }

    @Test
    void zoneShouldNameNoAuthorityWhenItIsnt() throws Exception {
        assertThat(lines(configuration(
                        "domain", "chat.example",
                        "tls.mode", "acme",
                        "acme.directory", "https://ca.example/dir")))
                .noneMatch(line -> line.contains("IN CAA"))
                .anyMatch(line -> line.startsWith("; A CAA record"));
    }

    @Test
    void longTextShouldBeCutIntoStringsOf255() throws Exception {
        String line = lines(configuration("domain", "chat.example")).stream()
                .filter(one -> one.startsWith("dkim._domainkey.chat.example. 3600 IN TXT "))
                .findFirst()
                .orElseThrow();

        String[] strings =
                line.substring(line.indexOf('"') + 1, line.length() - 1).split("\" \"");
        assertThat(strings).hasSize(2);
        assertThat(strings[0]).hasSize(255);
        assertThat(String.join("", strings)).isEqualTo(KEY.record());
    }

    @Test
    void zoneShouldSayWhatIsNotKnown() throws Exception {
        assertThat(lines(configuration("domain", "chat.example")))
                .filteredOn(line -> line.startsWith("; "))
                .hasSize(3)
                .anyMatch(line -> line.contains("add A and AAAA records for chat.example."));
    }

    @Test
    void addressLiteralShouldNeedNoZone() throws Exception {
        assertThat(lines(configuration("domain", "[192.0.2.1]"), "192.0.2.1"))
                .containsExactly("; The domain is an address: there is nothing to publish.");
    }

    @Test
    void policyShouldBeReadByOthersAndItsIdFollowItsText() {
        MtaStsPolicy policy = new MtaStsPolicy("mx.chat.example");

        assertThat(policy.text()).isEqualTo("""
                version: STSv1\r
                mode: enforce\r
                mx: mx.chat.example\r
                max_age: 2419200\r
                """);
        assertThat(StsPolicy.idOf("v=STSv1; id=" + policy.id())).contains(policy.id());
        assertThat(policy.id()).hasSize(20).isNotEqualTo(new MtaStsPolicy("other.example").id());
    }
}
