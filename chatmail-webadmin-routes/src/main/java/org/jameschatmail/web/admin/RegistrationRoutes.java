package org.jameschatmail.web.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.webadmin.Constants;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.Responses;
import org.jameschatmail.core.account.RegistrationControl;
import org.jameschatmail.core.account.RegistrationGuards.Shortage;
import org.jameschatmail.core.account.RegistrationSwitch;
import org.jameschatmail.core.configuration.Keys;
import org.jameschatmail.core.configuration.RegistrationMode;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * Who gets a new account from now on, over restarts.
 *
 * <pre>{@code
 * GET /chatmail/registration    200 {"mode":"open","perNetwork":300,"guardLoad":5.0,"guardMemory":209715200,
 *                                    "guardDisk":1073741824,"switched":["mode"]}
 * PUT /chatmail/registration {"mode":"token","guardDisk":"2GB"}   200 the same, as it is now
 * DELETE /chatmail/registration   204: all as the configuration says
 * }</pre>
 *
 * Each field is written as the value of its key, {@link RegistrationSwitch}. What is left out stays. 400 where something is
 * malformed; nothing is switched then.
 */
public final class RegistrationRoutes implements Routes {
    private static final String REGISTRATION = "/chatmail/registration";

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
        service.delete(REGISTRATION, this::reset);
    }

    private String change(Request request, Response response) {
        RequestFields fields = RequestFields.of(request, RegistrationSwitch.fields());
        Optional<RegistrationMode> mode =
                fields.value(RegistrationSwitch.MODE.field(), Keys.REGISTRATION_MODE.syntax());
        Optional<Integer> perNetwork =
                fields.value(RegistrationSwitch.PER_NETWORK.field(), Keys.REGISTRATION_RATE_PER_NETWORK.syntax());
        Optional<Double> load =
                fields.value(RegistrationSwitch.GUARD_LOAD.field(), Keys.REGISTRATION_GUARD_LOAD.syntax());
        Optional<Long> memory =
                fields.value(RegistrationSwitch.GUARD_MEMORY.field(), Keys.REGISTRATION_GUARD_MEMORY.syntax());
        Optional<Long> disk =
                fields.value(RegistrationSwitch.GUARD_DISK.field(), Keys.REGISTRATION_GUARD_DISK.syntax());
        mode.ifPresent(control::switchTo);
        perNetwork.ifPresent(control::limitPerNetwork);
        load.ifPresent(limit -> control.limitGuard(Shortage.LOAD, limit));
        memory.ifPresent(limit -> control.limitGuard(Shortage.MEMORY, limit));
        disk.ifPresent(limit -> control.limitGuard(Shortage.DISK, limit));
        return show(request, response);
    }

    private String show(Request request, Response response) {
        response.type(Constants.JSON_CONTENT_TYPE);
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put(RegistrationSwitch.MODE.field(), control.mode().name().toLowerCase(Locale.ROOT))
                .put(RegistrationSwitch.PER_NETWORK.field(), control.perNetwork())
                .put(RegistrationSwitch.GUARD_LOAD.field(), control.guard(Shortage.LOAD))
                .put(RegistrationSwitch.GUARD_MEMORY.field(), (long) control.guard(Shortage.MEMORY))
                .put(RegistrationSwitch.GUARD_DISK.field(), (long) control.guard(Shortage.DISK));
        ArrayNode switched = shown.putArray("switched");
        control.switched().forEach(each -> switched.add(each.field()));
        return shown.toString();
    }

    private String reset(Request request, Response response) {
        control.reset();
        return Responses.returnNoContent(response);
    }
}
