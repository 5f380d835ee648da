package org.jameschatmail.core.configuration;

import java.time.Duration;

/**
 * What the server tells of itself.
 *
 * @param stall how long an event loop may do nothing before that is noticed; zero is off
 */
public record MonitoringConfiguration(LogFormat logFormat, Duration stall) {
    public static final MonitoringConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public MonitoringConfiguration {
        Keys.WATCHDOG_STALL.require(stall);
    }

    public static MonitoringConfiguration from(Settings settings) {
        return new MonitoringConfiguration(settings.get(Keys.LOG_FORMAT), settings.get(Keys.WATCHDOG_STALL));
    }
}
