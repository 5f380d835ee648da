package org.jameschatmail.integration.conformance;

import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * James' suites run each script under three locales of their own process. Ours is another process than the server, so
 * that the second and the third time show nothing that the first doesn't.
 */
final class FirstLocaleAlone implements ExecutionCondition {
    private static final Pattern OTHER_LOCALE = Pattern.compile(".*(KOREA|ITALY|KO|IT)");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean repeats = context.getTestMethod()
                .filter(method -> OTHER_LOCALE.matcher(method.getName()).matches())
                .isPresent();
        return repeats
                ? ConditionEvaluationResult.disabled("the server has a locale of its own")
                : ConditionEvaluationResult.enabled("the script runs once");
    }
}
