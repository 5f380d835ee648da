package org.jameschatmail.guice.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped log for {@code log.format=journald}: what systemd reads of standard error. */
class JournaldLogTest {
    private static final Path CONF = Path.of("../conf");

    @TempDir
    Path logs;

    @Test
    void linesShouldBeginWithThePriorityThatJournaldReads() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("chatmail.logs", logs.toString());
        context.putProperty("chatmail.conf", CONF.toString());
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(CONF.resolve("logback-journald.xml").toFile());
            Logger logger = context.getLogger("org.jameschatmail.guice.Something");
            logger.error("data at risk");
            logger.warn("look at it");
            logger.info("all is well");
        } finally {
            System.setErr(before);
            context.stop();
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("<3>Something - data at risk", "<4>Something - look at it");
        assertThat(file()).contains("data at risk", "look at it", "all is well").doesNotContain("<3>");
    }

    private String file() throws IOException {
        return Files.readString(logs.resolve("chatmail.log"));
    }
}
