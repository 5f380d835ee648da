package org.jameschatmail.core.account;

/** What {@link AccountPolicy} says to a new account. */
public sealed interface AccountVerdict {
    /**
     * The account may be created.
     *
     * @param login its name, folded
     */
    record Accepted(Login login) implements AccountVerdict {}

    /** The account may not be created. */
    record Rejected(Reason reason) implements AccountVerdict {}

    /**
     * Why not. Whoever logs in sees the same refusal as for a wrong password (SMTP 535, IMAP AUTHENTICATIONFAILED);
     * the text is for the web and the operator, and names nobody.
     */
    enum Reason {
        NOT_AN_ADDRESS("The login is not a mail address"),
        FOREIGN_DOMAIN("The domain is not served here"),
        LOCALPART_TOO_SHORT("The name before the @ is too short"),
        LOCALPART_TOO_LONG("The name before the @ is too long"),
        LOCALPART_CHARACTERS("The name before the @ may hold a-z, 0-9, and . _ - inside"),
        LOCALPART_RESERVED("The name before the @ is reserved"),
        PASSWORD_TOO_SHORT("The password is too short"),
        PASSWORD_TOO_LONG("The password is too long");

        private final String publicText;

        Reason(String publicText) {
            this.publicText = publicText;
        }

        /** What may be told to anybody. */
        public String publicText() {
            return publicText;
        }
    }
}
