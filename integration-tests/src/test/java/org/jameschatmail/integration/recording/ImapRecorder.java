package org.jameschatmail.integration.recording;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jameschatmail.integration.wire.TrustAll;

/**
 * Stands between a client and a server's IMAP port, in the clear to the client and with TLS to the server, and keeps what
 * both say. Each connection has its own recording, in the order in which they were made. Thread-safe.
 */
final class ImapRecorder implements AutoCloseable {
    private final int target;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RecordedDialogue> dialogues = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();

    /**
     * @param target the port of a server on loopback that starts with TLS
     */
    ImapRecorder(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What has been said so far, connection by connection. */
    synchronized List<RecordedDialogue> dialogues() {
        return List.copyOf(dialogues);
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                connect(listener.accept());
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        Socket server = TrustAll.context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(client, server));
        RecordedDialogue dialogue = new RecordedDialogue();
        dialogues.add(dialogue);
        threads.execute(() -> relay(client, server, dialogue::client));
        threads.execute(() -> relay(server, client, dialogue::server));
    }

    private interface Recording {
        void add(byte[] octets);
    }

    private static void relay(Socket from, Socket to, Recording recording) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                recording.add(Arrays.copyOf(buffer, count));
                out.write(buffer, 0, count);
                out.flush();
            }
        } catch (IOException e) {
            // One side has closed, and the other side follows.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            synchronized (this) {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
