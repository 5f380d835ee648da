package org.jameschatmail.guice.account;

/**
 * Tells a generator's password, as in the QR codes and as Delta Chat invents, from one that a person may have chosen:
 * at least {@value #LENGTH} characters, which change between small letters, capitals and digits at least
 * {@value #CHANGES} times. A small letter after a capital is no change, for so begin words. Of sixteen random letters
 * and digits one in 25 fails, of 24 one in a thousand, which costs them no more than a slower hash. Stateless,
 * thread-safe.
 */
final class GeneratedPassword {
    private static final int LENGTH = 16;
    private static final int CHANGES = 4;

    private GeneratedPassword() {}

    static boolean looksLikeOne(String password) {
        return password.length() >= LENGTH && changes(password) >= CHANGES;
    }

    private static int changes(String password) {
        int changes = 0;
        for (int i = 1; i < password.length(); i++) {
            int before = Character.getType(password.charAt(i - 1));
            int type = Character.getType(password.charAt(i));
            boolean beginsWord = before == Character.UPPERCASE_LETTER && type == Character.LOWERCASE_LETTER;
            if (type != before && !beginsWord && isLetterOrDigit(type) && isLetterOrDigit(before)) {
                changes++;
            }
        }
        return changes;
    }

    private static boolean isLetterOrDigit(int type) {
        return type == Character.LOWERCASE_LETTER
                || type == Character.UPPERCASE_LETTER
                || type == Character.DECIMAL_DIGIT_NUMBER;
    }
}
