package org.jameschatmail.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jameschatmail.core.account.MachineState;
import org.jameschatmail.core.address.MailDomain;
import org.jameschatmail.core.configuration.ConfigurationLoader;
import org.jameschatmail.core.configuration.ConfigurationResult;
import org.jameschatmail.core.configuration.ConfigurationSources;
import org.jameschatmail.core.configuration.Fault;
import org.jameschatmail.core.configuration.Flavor;
import org.jameschatmail.core.configuration.Origin;
import org.jameschatmail.core.configuration.RegistrationConfiguration;
import org.jameschatmail.core.configuration.Setting;
import org.jameschatmail.core.zone.RecordType;
import org.jameschatmail.core.zone.ZoneCheck;
import org.jameschatmail.core.zone.ZoneCheck.State;
import org.jameschatmail.core.zone.ZoneRecord;
import org.jameschatmail.core.zone.ZoneReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorReviewsTest {
    private static final Instant BUILT = Instant.parse("2026-11-22T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, OK, right to the second",
        "10, OK, 10 s slow",
        "11, WARN, 11 s slow",
        "-300, WARN, 300 s fast",
        "301, FAIL, 301 s slow",
        "-301, FAIL, 301 s fast"
    })
    void clockShouldBeGradedByItsError(long seconds, Grade grade, String seen) {
        Finding finding = new ClockReview(BUILT, Optional.of(Duration.ofSeconds(seconds))).of(BUILT);

        assertThat(finding.grade()).isEqualTo(grade);
        assertThat(finding.seen()).isEqualTo(seen);
    }

    @Test
    void clockShouldFailBeforeTheReleaseAndBeOpenWithoutComparison() {
        assertThat(new ClockReview(BUILT, Optional.of(Duration.ZERO))
                        .of(BUILT.minusSeconds(1))
                        .grade())
                .isEqualTo(Grade.FAIL);
        assertThat(new ClockReview(BUILT, Optional.empty()).of(BUILT).grade()).isEqualTo(Grade.WARN);
    }

    private record Machine(OptionalLong availableMemory, OptionalLong freeDisk) implements MachineState {
        @Override
        public OptionalDouble load() {
            return OptionalDouble.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({"199999999, FAIL", "200000000, WARN", "999999999, WARN", "1073741824, OK"})
    void diskShouldBeGradedByWhatIsFree(long free, Grade grade) {
        Machine machine = new Machine(OptionalLong.empty(), OptionalLong.of(free));

        Finding finding = new MachineReview(machine, RegistrationConfiguration.DEFAULT).disk();

        assertThat(finding.grade()).isEqualTo(grade);
        assertThat(finding.seen()).isEqualTo(free / 1_000_000 + " MB free");
    }

    @Test
    void memoryShouldBeGradedByTheGuard() {
        long guard = RegistrationConfiguration.DEFAULT.guardMemory();
        assertThat(memory(OptionalLong.of(guard))).isEqualTo(Grade.OK);
        assertThat(memory(OptionalLong.of(guard - 1))).isEqualTo(Grade.WARN);
        assertThat(memory(OptionalLong.empty())).isEqualTo(Grade.WARN);
        assertThat(new MachineReview(
                                new Machine(OptionalLong.empty(), OptionalLong.empty()),
                                RegistrationConfiguration.DEFAULT)
                        .disk()
                        .grade())
                .isEqualTo(Grade.WARN);
    }

    private static Grade memory(OptionalLong available) {
        return new MachineReview(new Machine(available, OptionalLong.empty()), RegistrationConfiguration.DEFAULT)
                .memory()
                .grade();
    }

    @Test
    void javaShouldBeRecentEnough() {
        assertThat(MachineReview.java(16, "16").grade()).isEqualTo(Grade.FAIL);
        assertThat(MachineReview.java(17, "17")).isEqualTo(Finding.ok(Subject.JAVA, "17"));
    }

    private static List<Finding> settings(String... assignments) {
        List<Setting> settings = List.of(assignments).stream()
                .map(assignment -> assignment.split("=", 2))
                .map(pair -> new Setting(pair[0], pair[1], new Origin.CommandLineOption("--set")))
                .toList();
        ConfigurationResult result = ConfigurationLoader.load(new ConfigurationSources(
                Flavor.DISTRIBUTION, Path.of("nowhere.properties"), false, Map.of(), settings));
        assertThat(result).isInstanceOf(ConfigurationResult.Loaded.class);
        return SettingsReview.of((ConfigurationResult.Loaded) result);
    }

    @Test
    void settingsShouldBeFineByDefault() {
        assertThat(settings("domain=chat.example", "privacy.mail=admin@chat.example"))
                .containsExactly(Finding.ok(Subject.SETTINGS, "for chat.example"));
    }

    @Test
    void unsafeSettingsShouldBeNamedOneByOne() {
        assertThat(settings(
                        "domain=chat.localhost",
                        "incoming.dkim=off",
                        "imap.append=any",
                        "send.rate.burst=0",
                        "registration.rate.per-network=0",
                        "imap.connections.max=0",
                        "imap.connections.per-network=0",
                        "smtp.connections.max=0",
                        "smtp.connections.per-network=0"))
                .allMatch(finding -> finding.grade() == Grade.WARN && finding.subject() == Subject.SETTINGS)
                .extracting(finding -> finding.seen().split("[ =]", 2)[0])
                .containsExactly(
                        "chat.localhost",
                        "privacy.mail",
                        "incoming.dkim",
                        "imap.append",
                        "send.rate.per-minute",
                        "registration.rate.per-network",
                        "imap.connections.max",
                        "imap.connections.per-network",
                        "smtp.connections.max",
                        "smtp.connections.per-network");
        assertThat(settings("domain=chat.example", "smtp.connections.max=0", "privacy.mail=a@chat.example"))
                .containsExactly(Finding.warn(
                        Subject.SETTINGS,
                        "smtp.connections.max is off: connections may take all memory",
                        "Leave it at its default, 2000."));
    }

    @Test
    void namesOfThisMachineShouldBeKnown() {
        assertThat(SettingsReview.isOfThisMachineAlone(new MailDomain("localhost")))
                .isTrue();
        assertThat(SettingsReview.isOfThisMachineAlone(new MailDomain("chat.localhost")))
                .isTrue();
        assertThat(SettingsReview.isOfThisMachineAlone(new MailDomain("mylocalhost.example")))
                .isFalse();
    }

    @Test
    void faultsShouldBeFindings() {
        Fault fault = new Fault(new Origin.CommandLineOption("--set"), "quota.storage", "no");

        assertThat(SettingsReview.ofFaults(List.of(fault)))
                .containsExactly(Finding.fail(
                        Subject.SETTINGS, "--set: quota.storage: no", "Mend it: the server doesn't start."));
    }

    private static Finding zone(ZoneRecord record, State state) {
        return ZoneReview.of(new ZoneReport(List.of(new ZoneCheck.Finding(record, state)), List.of()));
    }

    @Test
    void recordsThatMailNeedsShouldFail() {
        ZoneRecord mx = new ZoneRecord("chat.example", RecordType.MX, "10 mx.chat.example");
        ZoneRecord key = new ZoneRecord("dkim._domainkey.chat.example", RecordType.TXT, "v=DKIM1; p=");
        ZoneRecord service = new ZoneRecord("_imaps._tcp.chat.example", RecordType.SRV, "0 1 993 mx.chat.example");
        ZoneRecord policy = new ZoneRecord("_dmarc.chat.example", RecordType.TXT, "v=DMARC1");

        assertThat(zone(mx, new State.Published()))
                .isEqualTo(Finding.ok(Subject.DNS, "1 records are published as needed"));
        assertThat(zone(mx, new State.Missing()).grade()).isEqualTo(Grade.FAIL);
        assertThat(zone(key, new State.Different(List.of())).grade()).isEqualTo(Grade.FAIL);
        assertThat(zone(mx, new State.Unknown()).grade()).isEqualTo(Grade.WARN);
        assertThat(zone(service, new State.Missing()).grade()).isEqualTo(Grade.WARN);
        assertThat(zone(policy, new State.Missing()).seen()).isEqualTo("missing _dmarc.chat.example TXT");
    }

    @Test
    void reportShouldBeReadByPeopleAndPrograms() {
        HealthReport report = new HealthReport(List.of(
                Finding.fail(Subject.DNS, "missing \"MX\"", "Add it."),
                Finding.warn(Subject.DISK, "few", "Make room."),
                Finding.ok(Subject.JAVA, "17")));

        assertThat(report.text()).isEqualTo("""
                ok    java        17
                warn  disk        few
                                  -> Make room.
                fail  dns         missing "MX"
                                  -> Add it.
                1 ok, 1 to look at, 1 to mend
                """);
        assertThat(report.json()).isEqualTo("""
                {"findings":[
                {"subject":"java","grade":"ok","seen":"17","advice":""},
                {"subject":"disk","grade":"warn","seen":"few","advice":"Make room."},
                {"subject":"dns","grade":"fail","seen":"missing \\"MX\\"","advice":"Add it."}
                ],"good":false}
                """);
        assertThat(report.isGood()).isFalse();
        assertThat(new HealthReport(report.findings().subList(0, 2)).isGood()).isTrue();
    }
}
