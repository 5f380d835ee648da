package org.jameschatmail.protocols.imap.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import org.apache.james.imap.encode.ImapResponseComposer;
import org.apache.james.imap.encode.ImapResponseEncoder;

/**
 * Writes a {@link MetadataReply} with each value as a literal, thus at the start of a line, where the test suite of the
 * chatmail relays looks for it:
 *
 * <pre>
 * * METADATA "INBOX" (/private/devicetoken {9}
 * 1111 2222)
 * </pre>
 *
 * Stateless, thread-safe.
 */
public final class MetadataReplyEncoder implements ImapResponseEncoder<MetadataReply> {
    @Override
    public Class<MetadataReply> acceptableMessages() {
        return MetadataReply.class;
    }

    @Override
    public void encode(MetadataReply reply, ImapResponseComposer composer) throws IOException {
        composer.untagged().message("METADATA").mailbox(reply.mailbox()).openParen();
        for (Map.Entry<EntryName, String> entry : reply.entries().entrySet()) {
            byte[] value = entry.getValue().getBytes(UTF_8);
            composer.message(name(entry.getKey()))
                    .message("{" + value.length + "}")
                    .end();
            composer.skipNextSpace().message(value);
        }
        composer.closeParen().end();
    }

    /** An entry's name is an atom, save for the few characters that an atom can't have. */
    private static String name(EntryName name) {
        String path = name.path();
        if (path.chars().noneMatch(c -> " (){\"\\]".indexOf(c) >= 0)) {
            return path;
        }
        return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
