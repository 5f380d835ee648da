package org.jameschatmail.guice.statistics;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.AppenderBase;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.jameschatmail.core.metric.CounterName;
import org.slf4j.LoggerFactory;

/** Counts the lines of the log at WARN and ERROR, in {@link CounterName#LOG_TROUBLES}. Thread-safe. */
final class LoggedTrouble extends AppenderBase<ILoggingEvent> implements LoggerContextListener {
    static final String METRIC = CounterName.LOG_TROUBLES.internal();

    private final Metric troubles;

    private LoggedTrouble(Metric troubles) {
        this.troubles = troubles;
    }

    /** Listens to all loggers from now on, where the log is logback's. */
    static void count(MetricFactory metrics) {
        Metric troubles = metrics.generate(METRIC);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            LoggedTrouble listener = new LoggedTrouble(troubles);
            listener.setContext(loggers);
            listener.start();
            loggers.addListener(listener);
            listener.attachTo(loggers);
        }
    }

    private void attachTo(LoggerContext loggers) {
        loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            troubles.increment();
        }
    }

    /** A changed {@code logback.xml} takes all appenders off, and puts on those that it names. */
    @Override
    public void onReset(LoggerContext loggers) {
        start();
        attachTo(loggers);
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onStart(LoggerContext loggers) {}

    @Override
    public void onStop(LoggerContext loggers) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
}
