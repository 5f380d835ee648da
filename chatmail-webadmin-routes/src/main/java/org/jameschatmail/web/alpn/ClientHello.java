package org.jameschatmail.web.alpn;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a client asks for in its first message of a handshake. Immutable.
 *
 * @param protocols by ALPN, in its order; none without
 * @param serverName by SNI; empty without
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2">RFC 8446, section 4.1.2</a>
 */
record ClientHello(List<String> protocols, String serverName) {
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int HOST_NAME = 0;

    ClientHello {
        protocols = List.copyOf(protocols);
    }

    /** @param body of the message, from the client's version on; left as it is. Empty when it is malformed. */
    static Optional<ClientHello> parse(ByteBuf body) {
        ByteBuf in = body.duplicate();
        try {
            in.skipBytes(VERSION_AND_RANDOM);
            in.skipBytes(in.readUnsignedByte());
            in.skipBytes(in.readUnsignedShort());
            in.skipBytes(in.readUnsignedByte());
            return Optional.of(in.isReadable() ? extensions(part(in)) : new ClientHello(List.of(), ""));
        } catch (IndexOutOfBoundsException tooShort) {
            return Optional.empty();
        }
    }

    private static ClientHello extensions(ByteBuf in) {
        List<String> protocols = List.of();
        String serverName = "";
        while (in.isReadable()) {
            int type = in.readUnsignedShort();
            ByteBuf content = part(in);
            if (type == ALPN) {
                protocols = protocols(part(content));
            } else if (type == SERVER_NAME) {
                serverName = serverName(part(content));
            }
        }
        return new ClientHello(protocols, serverName);
    }

    private static List<String> protocols(ByteBuf in) {
        List<String> protocols = new ArrayList<>();
        while (in.isReadable()) {
            protocols.add(text(in.readSlice(in.readUnsignedByte())));
        }
        return protocols;
    }

    private static String serverName(ByteBuf in) {
        while (in.isReadable()) {
            int type = in.readUnsignedByte();
            ByteBuf name = part(in);
            if (type == HOST_NAME) {
                return text(name);
            }
        }
        return "";
    }

    private static String text(ByteBuf in) {
        return in.toString(StandardCharsets.US_ASCII);
    }

    /** What follows its own length in two octets. */
    private static ByteBuf part(ByteBuf in) {
        return in.readSlice(in.readUnsignedShort());
    }
}
