package org.jameschatmail.core.moving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidListTest {
    /** As Dovecot 2.3.19 wrote it. */
    private static final List<String> WRITTEN = """
            3 V1795412469 N1 G28dff212f4d1036bce45000083ecc375
            1 G1795412468.M340101P17871.vm :1795412468.M340101P17871.vm,S=6515,W=7018
            7 W7018 :1795412470.M1P2.vm,S=6515,W=7018
            """.lines().toList();

    @Test
    void uidsShouldBeFoundByTheUniquePartOfTheName() {
        UidList list = UidList.of(WRITTEN);

        assertThat(list.uidValidity()).isEqualTo(1795412469);
        assertThat(list.uid(MaildirName.of("1795412468.M340101P17871.vm,S=6515,W=7018:2,Sab")))
                .isEqualTo(1);
        assertThat(list.uid(MaildirName.of("1795412470.M1P2.vm"))).isEqualTo(7);
        assertThat(list.uid(MaildirName.of("1795412471.M1P2.vm"))).isZero();
    }

    @Test
    void nextUidShouldBeAboveEveryLineWhenTheHeaderIsOlder() {
        assertThat(UidList.of(WRITTEN).uidNext()).isEqualTo(8);
        assertThat(UidList.of(List.of("3 V5 N43 Gabc")).uidNext()).isEqualTo(43);
        assertThat(UidList.of(List.of("3 N43 V5")).uidNext()).isEqualTo(43);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1 1795412469 4", "3", "3 V", "3 V0 N4", "3 V99999999999 N4", "3 V4294967296 N4", "4 V5 N4"})
    void numbersShouldBeUnknownWhenTheHeaderIsOfAnotherKind(String header) {
        List<String> lines =
                Stream.concat(Stream.of(header), WRITTEN.stream().skip(1)).toList();

        assertThat(UidList.of(lines)).isEqualTo(UidList.UNKNOWN);
        assertThat(UidList.of(List.of())).isEqualTo(UidList.UNKNOWN);
    }

    @Test
    void linesShouldBeLeftOutWhenTheyAreRubbish() {
        UidList list = UidList.of(
                List.of("3 V5 N2 G", "", "x", "0 :zero", "-1 :minus", "4294967296 :large", "3 :", "1:a", "2 :good"));

        assertThat(list.uids()).isEqualTo(Map.of("good", 2L));
        assertThat(list.uidNext()).isEqualTo(3);
    }
}
