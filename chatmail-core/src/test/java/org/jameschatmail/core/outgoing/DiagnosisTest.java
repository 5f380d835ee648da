package org.jameschatmail.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void remoteShouldFindTheEnhancedCode() {
        Diagnosis diagnosis = Diagnosis.remote(550, "5.1.1 No such user", "mx.example");

        assertThat(diagnosis.status()).isEqualTo("5.1.1");
        assertThat(diagnosis.line()).isEqualTo("550 5.1.1 No such user");
        assertThat(diagnosis.remoteHost()).contains("mx.example");
        assertThat(diagnosis.isPermanent()).isTrue();
    }

    @Test
    void remoteShouldHaveTheStatusOfItsClassWhenThereIsNoneOrAnother() {
        assertThat(Diagnosis.remote(523, "Encryption Needed", "mx.example").line())
                .isEqualTo("523 5.0.0 Encryption Needed");
        assertThat(Diagnosis.remote(450, "5.1.1 what", "mx.example").line()).isEqualTo("450 4.0.0 5.1.1 what");
        assertThat(Diagnosis.remote(450, "4.2.1", "mx.example").line()).isEqualTo("450 4.2.1");
    }

    @Test
    void textShouldBePrintableAndShortWhateverASeverSends() {
        Diagnosis diagnosis = Diagnosis.remote(550, "a\r\nb\u0000c\u00fc\ud83d" + "x".repeat(10_000), "mx.example");

        assertThat(diagnosis.text()).startsWith("a b c x").hasSize(400);
    }
}
