package org.jameschatmail.web.adminpage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.james.webadmin.PublicRoutes;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code GET /admin/}: a page for the administrator, which asks for the token and then uses WebAdmin's REST interface as
 * anyone can. Its files tell nothing about the server, so they are open to whoever reaches the port. Thread-safe.
 */
public final class AdminPageRoutes implements PublicRoutes {
    private static final String PAGE = "/admin";
    private static final String INDEX = "index.html";
    private static final Map<String, String> FILES = Map.of(
            INDEX,
            "text/html; charset=utf-8",
            "admin.css",
            "text/css; charset=utf-8",
            "admin.js",
            "text/javascript; charset=utf-8",
            "api.js",
            "text/javascript; charset=utf-8",
            "dom.js",
            "text/javascript; charset=utf-8",
            "plots.js",
            "text/javascript; charset=utf-8",
            "icon.svg",
            "image/svg+xml");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
                            + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-cache");

    @Override
    public String getBasePath() {
        return PAGE;
    }

    @Override
    public void define(Service service) {
        service.get("/", AdminPageRoutes::redirect);
        service.get(PAGE, AdminPageRoutes::redirect);
        service.get(PAGE + "/", (request, response) -> send(INDEX, FILES.getOrDefault(INDEX, ""), response));
        FILES.forEach(
                (name, type) -> service.get(PAGE + "/" + name, (request, response) -> send(name, type, response)));
    }

    /** Relative links of the page need the slash. */
    private static String redirect(Request request, Response response) {
        response.redirect(PAGE + "/");
        return "";
    }

    private static byte[] send(String name, String type, Response response) {
        HEADERS.forEach(response::header);
        response.type(type);
        try (InputStream file = AdminPageRoutes.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
