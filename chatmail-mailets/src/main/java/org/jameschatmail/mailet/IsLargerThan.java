package org.jameschatmail.mailet;

import javax.mail.MessagingException;
import org.apache.mailet.Mail;

/**
 * Matches a message with more bytes than the condition says, header and line ends counted: digits, with {@code k}
 * (1024) or {@code m} (1048576) behind them or nothing. A message whose size can't be known matches.
 *
 * <pre>{@code
 * <mailet match="org.jameschatmail.mailet.IsLargerThan=30m" class="ToProcessor">
 *     <processor>refused</processor>
 * </mailet>
 * }</pre>
 *
 * Thread-safe.
 */
public final class IsLargerThan extends MailPredicate {
    private long bytes;

    public IsLargerThan() {
        super(true);
    }

    @Override
    public void init() throws MessagingException {
        bytes = ByteCount.parse("IsLargerThan", getCondition());
    }

    @Override
    boolean test(Mail mail) throws MessagingException {
        long size = mail.getMessageSize();
        return size < 0 || size > bytes;
    }

    @Override
    public String getMatcherInfo() {
        return "Matches messages larger than " + bytes + " bytes";
    }
}
