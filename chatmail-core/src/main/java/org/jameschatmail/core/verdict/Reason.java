package org.jameschatmail.core.verdict;

/**
 * The reply table: SMTP code, enhanced code (RFC 3463) and public text of each refusal. Clients compare some of the
 * texts, so they are part of the contract. Codes 4yz are our own trouble and are tried again; 5yz are final.
 */
public enum Reason {
    TLS_NEEDED(530, "5.7.0", "Must issue a STARTTLS command first"),
    LOGIN_NEEDED(530, "5.7.0", "Authentication required"),
    WRONG_CREDENTIALS(535, "5.7.8", "Authentication failed"),
    LOGIN_UNDECIDED(454, "4.7.0", "Temporary failure, try again later"),
    MALFORMED_SIZE(501, "5.5.4", "SIZE takes a number"),
    PARAMETER_NOT_OFFERED(555, "5.5.4", "Parameter not supported"),
    MALFORMED_SENDER(501, "5.1.7", "Malformed sender address"),
    NO_RECIPIENT(503, "5.5.1", "No recipients specified"),
    TOO_BUSY(421, "4.3.2", "Too busy, try again later"),
    TOO_MUCH_MAIL(450, "4.7.1", ": Too much mail from %s"),
    SENDER_IS_NOT_LOGIN(553, "5.7.1", "Sender address is not the login"),
    TOO_MANY_RECIPIENTS(452, "4.5.3", "Too many recipients"),
    MESSAGE_TOO_LARGE(552, "", "Message exceeds maximum size"),
    BARE_LINE_BREAK(500, "", "Bare CR or LF in message"),
    MALFORMED_MESSAGE(500, "", "Malformed message"),
    INVALID_FROM(500, "", "Invalid FROM <%s> for <%s>"),
    DUPLICATE_CONTENT_TYPE(500, "", "More than one Content-Type"),
    ENCRYPTION_NEEDED(523, "", "Encryption Needed: Invalid Unencrypted Mail"),
    RELAYING_DENIED(550, "5.7.1", "Relaying denied"),
    UNKNOWN_RECIPIENT(550, "5.1.1", "Unknown recipient"),
    RECIPIENT_NOT_ALLOWED(553, "5.1.3", "Recipient address not allowed"),
    MAILBOX_FULL(552, "5.2.2", "Mailbox is full"),
    NO_DKIM_SIGNATURE(554, "5.7.1", "No DKIM signature found"),
    NO_VALID_DKIM_SIGNATURE(554, "5.7.1", "No valid DKIM signature found"),
    FROM_IS_NOT_THE_CONNECTED_ADDRESS(554, "5.7.1", "From domain is not the address of the connection"),
    DKIM_KEY_UNAVAILABLE(451, "4.4.3", "DKIM key is not available now"),
    LOCAL_TROUBLE(451, "4.3.0", "Local trouble, try again later");

    private final int code;
    private final String enhancedCode;
    private final String text;
    private final int placeCount;

    Reason(int code, String enhancedCode, String text) {
        this.code = code;
        this.enhancedCode = enhancedCode;
        this.text = text;
        this.placeCount = text.split("%s", -1).length - 1;
    }

    public int code() {
        return code;
    }

    /** Empty where the known reply has none. */
    public String enhancedCode() {
        return enhancedCode;
    }

    /** The public text; each {@code %s} is a place for an argument of {@link Rejected}. */
    public String text() {
        return text;
    }

    /** Whether the sender should try again. */
    public boolean isTemporary() {
        return code < 500;
    }

    int placeCount() {
        return placeCount;
    }
}
