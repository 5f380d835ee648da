package org.jameschatmail.integration.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jameschatmail.integration.admin.WebAdmin;
import org.jameschatmail.integration.server.ChatmailServer;

/** A run of the expiry that was asked for by WebAdmin. */
record ExpiryRun(WebAdmin admin, String id) {
    private static final Pattern TASK = Pattern.compile("\\{\"taskId\":\"([^\"]+)\"}");

    static ExpiryRun start(ChatmailServer server, String query) {
        WebAdmin admin = new WebAdmin(server);
        HttpResponse<String> response = admin.send("POST", "/chatmail/expiry" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        Matcher task = TASK.matcher(response.body());
        assertThat(task.matches()).as(response.body()).isTrue();
        return new ExpiryRun(admin, task.group(1));
    }

    /** The task as it is now. */
    String look() {
        return admin.send("GET", "/tasks/" + id).body();
    }

    /** The task when it has ended. */
    String await() {
        return admin.send("GET", "/tasks/" + id + "/await?timeout=120s").body();
    }

    void cancel() {
        assertThat(admin.send("DELETE", "/tasks/" + id).statusCode()).isEqualTo(204);
    }

    /** A number of the additional information. */
    static long number(String task, String field) {
        Matcher number = Pattern.compile("\"" + field + "\":([0-9]+)").matcher(task);
        assertThat(number.find()).as(field + " in " + task).isTrue();
        return Long.parseLong(number.group(1));
    }
}
