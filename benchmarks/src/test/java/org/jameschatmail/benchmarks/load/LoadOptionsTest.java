package org.jameschatmail.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jameschatmail.benchmarks.load.peer.FilledStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
    @Test
    void optionsShouldCompareVariantWhenOneIsNamed() {
        LoadOptions options = LoadOptions.parse(
                "--rounds", "5", "--warm-up", "4", "--variant", "big:quota.storage=1GB,imap.append=any");

        assertThat(options.rounds()).isEqualTo(5);
        assertThat(options.warmUps()).isEqualTo(4);
        assertThat(options.peers()).containsExactly("chatmail", "postfix-dovecot", "big");
        assertThat(options.variants()).containsEntry("big", Map.of("quota.storage", "1GB", "imap.append", "any"));
    }

    @Test
    void optionsShouldCompareAFilledServerWhenAsked() {
        LoadOptions options = LoadOptions.parse("--filled", "10/200");

        assertThat(options.peers()).contains("chatmail", "chatmail-filled");
        assertThat(options.filled()).contains(new FilledStore(10, 200, 6000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rounds 0",
                "--rounds x",
                "--rounds",
                "--variant a",
                "--variant a:b",
                "--nothing 1",
                "--filled 5",
                "--filled 0/1"
            })
    void optionsShouldBeRefusedWhenAValueMakesNoSense(String line) {
        assertThatThrownBy(() -> LoadOptions.parse(line.split(" "))).isInstanceOf(IllegalArgumentException.class);
    }
}
