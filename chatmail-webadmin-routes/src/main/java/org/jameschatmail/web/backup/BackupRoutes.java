package org.jameschatmail.web.backup;

import java.io.IOException;
import java.io.OutputStream;
import javax.inject.Inject;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.utils.ErrorResponder;
import org.apache.james.webadmin.utils.ErrorResponder.ErrorType;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spark.HaltException;
import spark.Request;
import spark.Response;
import spark.Service;

/**
 * {@code POST /chatmail/backup}: 200 with the data directory as a zip file, consistent, while mail goes on. It holds
 * every key and token, so reading isn't enough to be allowed it. 409 while another one is made, 507 where it finds no
 * room. A transfer that breaks off leaves a zip file without its end.
 */
public final class BackupRoutes implements Routes {
    private static final Logger LOGGER = LoggerFactory.getLogger(BackupRoutes.class);
    private static final String BACKUP = "/chatmail/backup";

    private final Backups backups;

    @Inject
    public BackupRoutes(Backups backups) {
        this.backups = backups;
    }

    @Override
    public String getBasePath() {
        return BACKUP;
    }

    @Override
    public void define(Service service) {
        service.post(BACKUP, this::send);
    }

    private Object send(Request request, Response response) throws IOException {
        try (Backups.Snapshot snapshot = take()) {
            response.type("application/zip");
            response.header("Content-Disposition", "attachment; filename=\"chatmail-backup.zip\"");
            response.header("Cache-Control", "no-store");
            // Nothing above may add to it, nor compress what is compressed.
            OutputStream stream = response.raw().getOutputStream();
            snapshot.writeTo(stream);
            stream.flush();
        }
        return "";
    }

    private Backups.Snapshot take() {
        try {
            return backups.take();
        } catch (Backups.InProgressException e) {
            throw halt(HttpStatus.CONFLICT_409, ErrorType.WRONG_STATE, "Another backup is being made");
        } catch (IOException e) {
            LOGGER.warn("A backup couldn't be made", e);
            throw halt(HttpStatus.INSUFFICIENT_STORAGE_507, ErrorType.SERVER_ERROR, String.valueOf(e.getMessage()));
        }
    }

    private static HaltException halt(int status, ErrorType type, String message) {
        return ErrorResponder.builder()
                .statusCode(status)
                .type(type)
                .message("%s", message)
                .haltError();
    }
}
