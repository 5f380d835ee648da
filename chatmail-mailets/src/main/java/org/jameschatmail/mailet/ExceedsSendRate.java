package org.jameschatmail.mailet;

import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.jameschatmail.core.rate.SendRate;
import org.jspecify.annotations.Nullable;

/**
 * Matches the mails of an account beyond its rate. The condition is two numbers, each 1 to 1000000: mails a minute in
 * the long run, and mails at once after a rest. A mail that matches costs nothing.
 *
 * <p>An account is the SMTP login, else the envelope sender; all mails with neither are one account. A mail counts once
 * whatever its number of recipients, so let this be the first matcher of the processor {@code root}: matchers that
 * divide a mail by recipients make several mails of it. Each use of the matcher counts for itself, in memory, from the
 * start of the server. When it can't count, it matches.
 *
 * <pre>{@code
 * <mailet match="org.jameschatmail.mailet.ExceedsSendRate=60,10" class="ToProcessor">
 *     <processor>refused</processor>
 * </mailet>
 * }</pre>
 *
 * Thread-safe.
 */
public final class ExceedsSendRate extends MailPredicate {
    private static final Pattern SYNTAX = Pattern.compile("\\s*([0-9]{1,7})\\s*,\\s*([0-9]{1,7})\\s*");
    private static final int MAX = 1_000_000;

    private final LongSupplier nanoTime;
    private @Nullable SendRate rate;

    public ExceedsSendRate() {
        this(System::nanoTime);
    }

    ExceedsSendRate(LongSupplier nanoTime) {
        super(true);
        this.nanoTime = nanoTime;
    }

    @Override
    public void init() throws MessagingException {
        String condition = getCondition();
        Matcher numbers = SYNTAX.matcher(condition == null ? "" : condition);
        if (!numbers.matches()) {
            throw new MessagingException(
                    "ExceedsSendRate needs two numbers, mails a minute and at once, such as 60,10");
        }
        rate = new SendRate(number(numbers.group(1)), number(numbers.group(2)), nanoTime);
    }

    private static int number(String digits) throws MessagingException {
        int number = Integer.parseInt(digits);
        if (number < 1 || number > MAX) {
            throw new MessagingException("ExceedsSendRate takes numbers from 1 to " + MAX);
        }
        return number;
    }

    @Override
    boolean test(Mail mail) {
        SendRate initialized = rate;
        return initialized == null || !initialized.tryAcquire(Submitter.of(mail).account());
    }

    @Override
    public String getMatcherInfo() {
        return "Matches mails beyond the rate of their account";
    }
}
