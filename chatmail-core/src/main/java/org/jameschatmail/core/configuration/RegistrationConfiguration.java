package org.jameschatmail.core.configuration;

import java.util.Set;

/**
 * Who may create an account, under which names and when. None of it touches existing accounts.
 *
 * @param mode the mode at the start; it may change while the server runs
 * @param localpartMin characters, 1 to {@code localpartMax}
 * @param localpartMax characters, at most 64
 * @param reserved localparts in lower case that nobody may register, besides those that are always the operator's
 * @param passwordMin characters
 * @param ratePerNetwork new accounts an hour from one network; 0 is off
 * @param guardLoad the highest load average over a minute; 0 is off
 * @param guardMemory the least available memory, in bytes; 0 is off
 * @param guardDisk the least free disk, in bytes; 0 is off
 */
public record RegistrationConfiguration(
        RegistrationMode mode,
        int localpartMin,
        int localpartMax,
        Set<String> reserved,
        int passwordMin,
        int ratePerNetwork,
        double guardLoad,
        long guardMemory,
        long guardDisk) {
    public static final RegistrationConfiguration DEFAULT = from(Settings.defaults(Flavor.CHECKOUT));

    public RegistrationConfiguration {
        reserved = Set.copyOf(reserved);
        Keys.REGISTRATION_LOCALPART_MIN.require(localpartMin);
        Keys.REGISTRATION_LOCALPART_MAX.require(localpartMax);
        Keys.REGISTRATION_PASSWORD_MIN.require(passwordMin);
        Keys.REGISTRATION_RATE_PER_NETWORK.require(ratePerNetwork);
        Keys.REGISTRATION_GUARD_LOAD.require(guardLoad);
        Keys.REGISTRATION_GUARD_MEMORY.require(guardMemory);
        Keys.REGISTRATION_GUARD_DISK.require(guardDisk);
        if (localpartMin > localpartMax) {
            throw Keys.REGISTRATION_LOCALPART_MIN.rejected(
                    localpartMin + " is above registration.localpart.max, which is " + localpartMax,
                    Keys.REGISTRATION_LOCALPART_MAX);
        }
    }

    public static RegistrationConfiguration from(Settings settings) {
        return new RegistrationConfiguration(
                settings.get(Keys.REGISTRATION_MODE),
                settings.get(Keys.REGISTRATION_LOCALPART_MIN),
                settings.get(Keys.REGISTRATION_LOCALPART_MAX),
                settings.get(Keys.REGISTRATION_RESERVED),
                settings.get(Keys.REGISTRATION_PASSWORD_MIN),
                settings.get(Keys.REGISTRATION_RATE_PER_NETWORK),
                settings.get(Keys.REGISTRATION_GUARD_LOAD),
                settings.get(Keys.REGISTRATION_GUARD_MEMORY),
                settings.get(Keys.REGISTRATION_GUARD_DISK));
    }
}
