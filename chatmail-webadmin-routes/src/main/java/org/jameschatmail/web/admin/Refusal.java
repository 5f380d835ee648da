package org.jameschatmail.web.admin;

import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import spark.HaltException;

/** Answers other than 2xx, in the shape of James' own errors. Each is to be thrown. */
final class Refusal {
    private Refusal() {}

    static HaltException badRequest(String message) {
        return halt(HttpStatus.BAD_REQUEST_400, ErrorType.INVALID_ARGUMENT, message);
    }

    static HaltException forbidden(String message) {
        return halt(HttpStatus.FORBIDDEN_403, ErrorType.INVALID_ARGUMENT, message);
    }

    static HaltException notFound(String message) {
        return halt(HttpStatus.NOT_FOUND_404, ErrorType.NOT_FOUND, message);
    }

    static HaltException conflict(String message) {
        return halt(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, message);
    }

    private static HaltException halt(int status, ErrorType type, String message) {
        return ErrorResponder.builder()
                .statusCode(status)
                .type(type)
                .message("%s", message)
                .haltError();
    }
}
