package org.jameschatmail.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gate whose configuration is wrong keeps James from taking mail at all. */
class MisconfiguredJamesIT {
    @TempDir
    Path folder;

    @Test
    void jamesShouldNotStartWhenTheProcessorOfAGateIsMissing() throws Exception {
        Sample sample = Sample.in(Path.of(System.getProperty("mailets.sources"))).stream()
                .filter(it -> it.id().equals("refusecleartext-1"))
                .findFirst()
                .orElseThrow();
        String wrong = sample.xml().replace(">refused<", ">nowhere<");
        try (StockJames james = StockJames.start(
                folder,
                Path.of(System.getProperty("mailets.jar")),
                MailetContainer.with(List.of(new Sample(sample.className(), 1, wrong))))) {
            james.awaitLog("Fatal error while starting James");

            assertThat(james.log()).contains("nowhere").doesNotContain(StockJames.STARTED);
        }
    }
}
