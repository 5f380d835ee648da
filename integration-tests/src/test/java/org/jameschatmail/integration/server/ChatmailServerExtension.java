package org.jameschatmail.integration.server;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * One server for all tests of a class and of those nested in it; the end of its output is printed when a test fails.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ChatmailServerExtension SERVER =
 *         new ChatmailServerExtension(ServerSettings.forDomain("chat.example"));
 * }</pre>
 */
public final class ChatmailServerExtension
        implements BeforeAllCallback, AfterAllCallback, TestWatcher, LifecycleMethodExecutionExceptionHandler {
    private final Supplier<ServerSettings> settings;
    private @Nullable ChatmailServer server;

    /** That run now: JUnit asks for each nested class again. */
    private int classes;

    public ChatmailServerExtension(ServerSettings settings) {
        this(() -> settings);
    }

    /** With settings that are known when the extensions before this one have started. */
    public ChatmailServerExtension(Supplier<ServerSettings> settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            server = ChatmailServer.start(settings.get());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0 && server != null) {
            server.close();
        }
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        printLogTail(context);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable cause) throws Throwable {
        printLogTail(context);
        throw cause;
    }

    private void printLogTail(ExtensionContext context) {
        System.err.println(context.getDisplayName() + " failed; the server's output ends:\n" + server().logTail());
    }

    public ChatmailServer server() {
        return Objects.requireNonNull(server, "the server runs from before the first test to after the last");
    }
}
