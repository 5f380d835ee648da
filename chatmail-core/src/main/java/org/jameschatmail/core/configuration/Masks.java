package org.jameschatmail.core.configuration;

import java.util.regex.Pattern;

/** What is printed in place of a secret. */
final class Masks {
    private static final String STARS = "***";
    private static final Pattern PASSWORD_PARAMETER =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|sslpassword|key)\\s*=)[^&;]*");
    private static final Pattern USER_INFO = Pattern.compile("//.*@");

    private Masks() {}

    /** Hides all of it; an empty text stays empty. */
    static String whole(String secret) {
        return secret.isEmpty() ? "" : STARS;
    }

    /** Hides the values of password parameters and whatever stands before a host and an {@code @}. */
    static String jdbcPassword(String url) {
        String withoutParameters = PASSWORD_PARAMETER.matcher(url).replaceAll("$1" + STARS);
        return USER_INFO.matcher(withoutParameters).replaceAll("//" + STARS + "@");
    }
}
