package org.jameschatmail.stock;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The client's side of an SMTP connection without encryption. Not thread-safe. */
final class SmtpDialogue implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    SmtpDialogue(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        out = socket.getOutputStream();
        expect("220");
        say("EHLO client.example", "250");
    }

    /** Hands in a message whose lines end in CRLF. */
    void send(String sender, String recipient, String message) throws IOException {
        say("MAIL FROM:<" + sender + ">", "250");
        say("RCPT TO:<" + recipient + ">", "250");
        say("DATA", "354");
        say(message.replace("\r\n.", "\r\n..") + ".", "250");
    }

    private void say(String line, String code) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        expect(code);
    }

    private void expect(String code) throws IOException {
        String line = in.readLine();
        while (line != null && line.startsWith(code + "-")) {
            line = in.readLine();
        }
        if (line == null || !line.startsWith(code + " ")) {
            throw new IOException("Expected " + code + " but got " + line);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
