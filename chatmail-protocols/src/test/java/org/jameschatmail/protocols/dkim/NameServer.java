package org.jameschatmail.protocols.dkim;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jameschatmail.core.address.HostAndPort;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/** A name server of the test's own, on a free loopback port by UDP and TCP. Unknown names are NXDOMAIN. */
public final class NameServer implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final Map<Name, UnaryOperator<Message>> answers = new ConcurrentHashMap<>();
    private final Map<Name, Boolean> cutShort = new ConcurrentHashMap<>();
    private final Map<Name, AtomicInteger> questions = new ConcurrentHashMap<>();

    private NameServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    public static NameServer start() throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            DatagramSocket udp = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
            try {
                NameServer server = new NameServer(udp, new ServerSocket(udp.getLocalPort(), 50, LOOPBACK));
                daemon(server::serveUdp);
                daemon(server::serveTcp);
                return server;
            } catch (IOException takenForTcp) {
                udp.close();
            }
        }
        throw new IOException("No port is free for both UDP and TCP");
    }

    public HostAndPort address() {
        return new HostAndPort(LOOPBACK.getHostAddress(), udp.getLocalPort());
    }

    /** Answers with one TXT record of these strings. */
    public NameServer txt(String name, long timeToLive, String... strings) {
        return records(name, new TXTRecord(name(name), DClass.IN, timeToLive, List.of(strings)));
    }

    public NameServer records(String name, Record... records) {
        return answer(name, reply -> {
            Arrays.stream(records).forEach(record -> reply.addRecord(record, Section.ANSWER));
            return reply;
        });
    }

    NameServer alias(String name, long timeToLive, String target) {
        return records(name, new CNAMERecord(name(name), DClass.IN, timeToLive, name(target)));
    }

    public NameServer rcode(String name, int rcode) {
        return answer(name, reply -> {
            reply.getHeader().setRcode(rcode);
            return reply;
        });
    }

    /** Takes the empty reply, flagged as that of a recursive server, and gives the one to send. */
    public NameServer answer(String name, UnaryOperator<Message> answer) {
        answers.put(name(name), answer);
        return this;
    }

    /** Never replies. */
    public NameServer silent(String name) {
        return answer(name, reply -> null);
    }

    /** Says by UDP that the answer is too long for it. */
    NameServer truncated(String name) {
        cutShort.put(name(name), true);
        return this;
    }

    /** How often the name was asked for, a repetition by TCP included. */
    public int questions(String name) {
        return Optional.ofNullable(questions.get(name(name)))
                .map(AtomicInteger::get)
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }

    static Name name(String name) {
        try {
            return Name.fromString(name, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void serveUdp() throws IOException {
        byte[] buffer = new byte[4096];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            udp.receive(packet);
            Message reply = reply(new Message(Arrays.copyOf(buffer, packet.getLength())), true);
            if (reply != null) {
                byte[] octets = reply.toWire();
                udp.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
            }
        }
    }

    private void serveTcp() throws IOException {
        while (true) {
            Socket socket = tcp.accept();
            daemon(() -> {
                try (socket) {
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    byte[] query = new byte[in.readUnsignedShort()];
                    in.readFully(query);
                    Message reply = reply(new Message(query), false);
                    if (reply != null) {
                        byte[] octets = reply.toWire();
                        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                        out.writeShort(octets.length);
                        out.write(octets);
                        out.flush();
                    }
                }
            });
        }
    }

    private Message reply(Message query, boolean byUdp) {
        Name name = query.getQuestion().getName();
        questions.computeIfAbsent(name, key -> new AtomicInteger()).incrementAndGet();
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.getHeader().setFlag(Flags.RD);
        reply.getHeader().setFlag(Flags.RA);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        if (byUdp && cutShort.containsKey(name)) {
            reply.getHeader().setFlag(Flags.TC);
            return reply;
        }
        UnaryOperator<Message> answer = answers.get(name);
        if (answer == null) {
            reply.getHeader().setRcode(Rcode.NXDOMAIN);
            return reply;
        }
        return answer.apply(reply);
    }

    @FunctionalInterface
    private interface Service {
        void serve() throws IOException;
    }

    private static void daemon(Service service) {
        Thread thread = new Thread(() -> {
            try {
                service.serve();
            } catch (IOException closed) {
                // The test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
