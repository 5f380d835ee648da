package org.jameschatmail.core.mime;

/**
 * What a message may cost its reader.
 *
 * @param maxMessageBytes size of the message, line ends counted
 * @param maxHeaderBytes size of one header block: of the message or of a part
 * @param maxFields header fields in one block
 * @param maxParts parts of all multiparts together
 * @param maxDepth multiparts within one another, the message's own counted
 */
public record MimeLimits(long maxMessageBytes, int maxHeaderBytes, int maxFields, int maxParts, int maxDepth) {
    public static final MimeLimits DEFAULT = new MimeLimits(31_457_280, 262_144, 1000, 1000, 16);

    public MimeLimits {
        if (maxMessageBytes < 1 || maxHeaderBytes < 1 || maxFields < 1 || maxParts < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("Every limit must be at least 1");
        }
    }

    public MimeLimits withMaxMessageBytes(long bytes) {
        return new MimeLimits(bytes, maxHeaderBytes, maxFields, maxParts, maxDepth);
    }
}
