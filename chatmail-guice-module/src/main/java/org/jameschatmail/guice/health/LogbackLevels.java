package org.jameschatmail.guice.health;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.inject.Inject;
import org.jameschatmail.core.health.LogLevels;
import org.slf4j.LoggerFactory;

/** The levels of logback. A change of its configuration file takes back what was set. */
final class LogbackLevels implements LogLevels {
    @Inject
    LogbackLevels() {}

    private static LoggerContext loggers() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            return loggers;
        }
        throw new IllegalStateException("The log isn't logback's");
    }

    @Override
    public Map<String, Level> levels() {
        Map<String, Level> levels = new TreeMap<>();
        for (Logger logger : loggers().getLoggerList()) {
            if (logger.getLevel() != null) {
                levels.put(logger.getName(), Level.valueOf(logger.getLevel().toString()));
            }
        }
        return levels;
    }

    @Override
    public void set(String logger, Optional<Level> level) {
        loggers()
                .getLogger(logger)
                .setLevel(level.map(each -> ch.qos.logback.classic.Level.valueOf(each.name()))
                        .orElse(null));
    }
}
