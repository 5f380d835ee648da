package org.jameschatmail.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.webadmin.PublicRoutes;
import org.apache.james.webadmin.Routes;
import org.junit.jupiter.api.Test;
import spark.Service;

/** What is written and what is there, both ways. */
class OpenApiRoutesTest {
    private static JsonNode description() throws IOException {
        return new ObjectMapper().readTree(OpenApiRoutes.class.getResource("openapi.json"));
    }

    @Test
    void descriptionShouldNameEachRouteAndNoOther() throws Exception {
        assertThat(described()).isEqualTo(defined());
    }

    @Test
    void referencesShouldLeadSomewhere() throws IOException {
        JsonNode description = description();

        assertThat(description.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void operationsShouldBeNamedOnceAndTellTheirRefusals() throws IOException {
        List<String> names = new ArrayList<>();
        for (JsonNode path : description().path("paths")) {
            for (JsonNode operation : path) {
                names.add(operation.path("operationId").asText());
                assertThat(operation.path("responses").has("401")).isTrue();
            }
        }

        assertThat(names).doesNotContain("").doesNotHaveDuplicates();
    }

    private static Set<String> described() throws IOException {
        Set<String> operations = new TreeSet<>();
        JsonNode paths = description().path("paths");
        for (Iterator<String> names = paths.fieldNames(); names.hasNext(); ) {
            String path = names.next();
            paths.path(path).fieldNames().forEachRemaining(method -> operations.add(method + " " + path));
        }
        return operations;
    }

    /** By all classes of ours that define routes which need a token. Nothing is asked of what they work with. */
    private static Set<String> defined() throws Exception {
        Service service = Service.ignite().ipAddress("127.0.0.1").port(0);
        try {
            for (Class<?> type : types()) {
                Constructor<?> constructor = type.getConstructors()[0];
                Routes routes = (Routes) constructor.newInstance(new Object[constructor.getParameterCount()]);
                routes.define(service);
            }
            return service.routes().stream()
                    .map(route ->
                            route.getHttpMethod() + " " + route.getMatchUri().replaceAll(":([a-z]+)", "{$1}"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            service.awaitInitialization();
            service.stop();
        }
    }

    private static List<Class<?>> types() throws IOException, URISyntaxException {
        Path classes = Path.of(OpenApiRoutes.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith("Routes.class"))
                    .map(name -> name.replace('/', '.').replaceAll("\\.class$", ""))
                    .<Class<?>>map(OpenApiRoutesTest::named)
                    .filter(Routes.class::isAssignableFrom)
                    .filter(type -> !PublicRoutes.class.isAssignableFrom(type))
                    .toList();
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
