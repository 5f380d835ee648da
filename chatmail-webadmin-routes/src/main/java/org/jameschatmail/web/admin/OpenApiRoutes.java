package org.jameschatmail.web.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code GET /chatmail/openapi.json}: all routes under {@code /chatmail} as an OpenAPI 3.1 description, for programs that
 * make clients of it. Thread-safe.
 */
public final class OpenApiRoutes implements Routes {
    private static final String PATH = "/chatmail/openapi.json";

    private final String description = read();

    private static String read() {
        try (InputStream file =
                Objects.requireNonNull(OpenApiRoutes.class.getResourceAsStream("openapi.json"), "openapi.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String getBasePath() {
        return PATH;
    }

    @Override
    public void define(Service service) {
        service.get(PATH, this::show);
    }

    private String show(Request request, Response response) {
        response.type(Constants.JSON_CONTENT_TYPE);
        return description;
    }
}
