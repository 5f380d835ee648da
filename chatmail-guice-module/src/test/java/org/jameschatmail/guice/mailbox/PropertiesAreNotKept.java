package org.jameschatmail.guice.mailbox;

import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Leaves out what James' contract says of MIME properties beside a message. Nothing that is served here reads them, and
 * what they tell stands in the message; James' JPA store keeps a row for each.
 */
final class PropertiesAreNotKept implements ExecutionCondition {
    private static final Set<String> ABOUT_PROPERTIES = Set.of(
            "messagePropertiesShouldBeStored",
            "messagePropertiesShouldBeStoredWhenDuplicateEntries",
            "textualLineCountShouldBeWellStored",
            "mediaTypeShouldBeWellStored",
            "subTypeShouldBeWellStored");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getTestMethod()
                .filter(method -> ABOUT_PROPERTIES.contains(method.getName()))
                .map(method -> ConditionEvaluationResult.disabled("properties are not kept"))
                .orElse(ConditionEvaluationResult.enabled("kept"));
    }
}
