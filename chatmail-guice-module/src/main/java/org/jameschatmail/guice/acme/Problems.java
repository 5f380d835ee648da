package org.jameschatmail.guice.acme;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jameschatmail.guice.acme.Authority.Outcome;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;

/** What an authority says has gone wrong, as a value and in a line. */
final class Problems {
    private static final int LONGEST = 400;
    private static final String TYPES = "urn:ietf:params:acme:error:";
    private static final String ITS_OWN_TROUBLE = TYPES + "serverInternal";

    private Problems() {}

    static Outcome outcome(Exception failure) {
        if (failure instanceof AcmeLazyLoadingException && failure.getCause() instanceof Exception cause) {
            return outcome(cause);
        }
        if (failure instanceof AcmeRateLimitedException limited) {
            return new Outcome.TooMany(text(limited.getProblem()), limited.getRetryAfter());
        }
        if (failure instanceof AcmeServerException refusal) {
            return outcome(refusal.getProblem());
        }
        return new Outcome.Unreachable(line(failure));
    }

    /** By name where the authority says which names it means. */
    static Outcome outcome(Problem problem) {
        if (ITS_OWN_TROUBLE.equals(String.valueOf(problem.getType()))) {
            return new Outcome.Unreachable(text(problem));
        }
        Map<String, String> reasons = new LinkedHashMap<>();
        problem.getIdentifier().ifPresent(name -> reasons.put(AcmeAuthority.name(name), text(problem)));
        for (Problem part : problem.getSubProblems()) {
            part.getIdentifier().ifPresent(name -> reasons.put(AcmeAuthority.name(name), text(part)));
        }
        return reasons.isEmpty() ? new Outcome.Refused(text(problem)) : new Outcome.Unproven(reasons);
    }

    static String text(Problem problem) {
        String type = String.valueOf(problem.getType()).replace(TYPES, "");
        return line(problem.getDetail()
                .or(problem::getTitle)
                .map(detail -> detail + " (" + type + ")")
                .orElse(type));
    }

    /** The innermost cause says most. */
    static String line(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        boolean network = failure instanceof AcmeNetworkException || cause.getMessage() == null;
        return line((network ? cause.getClass().getSimpleName() + " " : "")
                + (cause.getMessage() == null ? "" : cause.getMessage()));
    }

    private static String line(String text) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
