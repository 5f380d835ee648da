package org.jameschatmail.integration.deltachat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * A message as an account sees it.
 *
 * @param state as the core numbers it; see the constants
 * @param encrypted whether it was encrypted and signed
 * @param error why sending failed; empty otherwise
 */
public record DeltaChatMessage(
        int id, int chatId, String text, int state, boolean encrypted, boolean downloaded, Path file, String error) {
    public static final int OUT_FAILED = 24;
    public static final int OUT_DELIVERED = 26;
    public static final int OUT_READ = 28;

    static DeltaChatMessage from(JsonNode message) {
        return new DeltaChatMessage(
                message.path("id").asInt(),
                message.path("chatId").asInt(),
                message.path("text").asText(),
                message.path("state").asInt(),
                message.path("showPadlock").asBoolean(),
                message.path("downloadState").asText().equals("Done"),
                Path.of(message.path("file").asText("")),
                message.path("error").asText(""));
    }
}
