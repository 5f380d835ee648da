package org.jameschatmail.web;

import java.io.IOException;
import javax.servlet.http.HttpServletRequest;

/** Answers the requests of one route. Thread-safe. Whatever it throws becomes a plain 500 for that request alone. */
@FunctionalInterface
public interface WebAction {
    Answer answer(HttpServletRequest request) throws IOException;
}
