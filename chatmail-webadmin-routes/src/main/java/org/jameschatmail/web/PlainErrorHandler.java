package org.jameschatmail.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/** Answers what never reaches a route (rubbish, oversized headers) in one plain line that repeats nothing sent. */
final class PlainErrorHandler extends ErrorHandler {
    private static final String TEXT = "text/plain;charset=utf-8";

    @Override
    public void handle(String target, Request base, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        base.setHandled(true);
        byte[] body = line(response.getStatus());
        AnswerHandler.COMMON_HEADERS.forEach(response::setHeader);
        response.setContentType(TEXT);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    public ByteBuffer badMessageError(int status, @Nullable String reason, HttpFields fields) {
        byte[] body = line(status);
        AnswerHandler.COMMON_HEADERS.forEach(fields::put);
        fields.put("Content-Type", TEXT);
        fields.put("Content-Length", Integer.toString(body.length));
        return ByteBuffer.wrap(body);
    }

    private static byte[] line(int status) {
        return (HttpStatus.getMessage(status) + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
