package org.jameschatmail.web.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jameschatmail.core.configuration.Syntax;
import spark.Request;

/**
 * The JSON object in the body of a request, which may be left out. Whatever it doesn't understand it refuses with 400, for
 * a wish that is half heard is worse than none. Immutable.
 */
final class RequestFields {
    private static final int LONGEST_BODY = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final JsonNode fields;

    private RequestFields(JsonNode fields) {
        this.fields = fields;
    }

    static RequestFields of(Request request, String... names) {
        if (request.contentLength() > LONGEST_BODY) {
            throw Refusal.badRequest("The body is longer than " + LONGEST_BODY + " octets");
        }
        String body = request.body();
        if (body.isBlank() && request.contentLength() > 0) {
            // A form, which has been read as one.
            throw Refusal.badRequest("The body is JSON, and has the header Content-Type: application/json");
        }
        JsonNode read = body.isBlank() ? JsonNodeFactory.instance.objectNode() : parse(body);
        if (!read.isObject()) {
            throw Refusal.badRequest("The body is no JSON object");
        }
        List<String> known = List.of(names);
        for (Iterator<String> found = read.fieldNames(); found.hasNext(); ) {
            if (!known.contains(found.next())) {
                throw Refusal.badRequest("The fields are " + String.join(", ", known));
            }
        }
        return new RequestFields(read);
    }

    private static JsonNode parse(String body) {
        try {
            if (body.length() > LONGEST_BODY) {
                throw Refusal.badRequest("The body is longer than " + LONGEST_BODY + " octets");
            }
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("The body is no JSON object");
        }
    }

    /** Empty where the field is missing or null. */
    Optional<String> text(String name) {
        return field(name).map(value -> {
            if (!value.isTextual()) {
                throw Refusal.badRequest(name + " is a text");
            }
            return value.textValue();
        });
    }

    /** Empty where the field is missing or null. */
    Optional<Integer> number(String name, int lowest, int highest) {
        return field(name).map(value -> {
            if (!value.isInt() || value.intValue() < lowest || value.intValue() > highest) {
                throw Refusal.badRequest("%s is a whole number from %d to %d".formatted(name, lowest, highest));
            }
            return value.intValue();
        });
    }

    /** Empty where the field is missing or null. */
    Optional<Boolean> flag(String name) {
        return field(name).map(value -> {
            if (!value.isBoolean()) {
                throw Refusal.badRequest(name + " is true or false");
            }
            return value.booleanValue();
        });
    }

    /** A text or a number, in the syntax of a key. Empty where the field is missing or null. */
    <T> Optional<T> value(String name, Syntax<T> syntax) {
        return field(name).map(value -> {
            Optional<T> parsed =
                    value.isTextual() || value.isNumber() ? syntax.parse(value.asText()) : Optional.empty();
            return parsed.orElseThrow(() -> Refusal.badRequest(name + " is " + syntax.accepted()));
        });
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isNull());
    }
}
