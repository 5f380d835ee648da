package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.configuration.RegistrationMode;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Who gets a new account from now on, over restarts.
 *
 * <pre>{@code
 * GET /chatmail/registration                                200 {"mode":"open","perNetwork":300}
 * PUT /chatmail/registration {"mode":"token","perNetwork":20}   200 the same, as it is now
 * }</pre>
 *
 * {@code mode} is {@code open}, {@code token} or {@code closed}; {@code perNetwork} the new accounts an hour from one IPv4
 * address or IPv6 /64, 0 for any number. What is left out stays. 400 where something is malformed.
 */
public final class RegistrationRoutes implements Routes {
    private static final String REGISTRATION = "/chatmail/registration";
    private static final int MOST_PER_NETWORK = 1_000_000;

    private final RegistrationControl control;

    @Inject
    public RegistrationRoutes(RegistrationControl control) {
        this.control = control;
    }

    @Override
    public String getBasePath() {
        return REGISTRATION;
    }

    @Override
    public void define(Service service) {
        service.get(REGISTRATION, this::show);
        service.put(REGISTRATION, this::change);
    }

    private String change(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, "mode", "perNetwork");
        Optional<RegistrationMode> mode = fields.text("mode").map(RegistrationRoutes::mode);
        Optional<Integer> perNetwork = fields.number("perNetwork", 0, MOST_PER_NETWORK);
        mode.ifPresent(control::switchTo);
        perNetwork.ifPresent(control::limitPerNetwork);
        return show(request, response);
    }

    private static RegistrationMode mode(String word) {
        return Arrays.stream(RegistrationMode.values())
                .filter(mode -> word(mode).equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.badRequest("mode is "
                        + Arrays.stream(RegistrationMode.values())
                                .map(RegistrationRoutes::word)
                                .collect(Collectors.joining(", "))));
    }

    private String show(Request request, Response response) {
        response.type(Constants.JSON_CONTENT_TYPE);
        return JsonNodeFactory.instance
                .objectNode()
                .put("mode", word(control.mode()))
                .put("perNetwork", control.perNetwork())
                .toString();
    }

    private static String word(RegistrationMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
