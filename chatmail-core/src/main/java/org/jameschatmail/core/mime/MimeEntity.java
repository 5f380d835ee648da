package org.jameschatmail.core.mime;

import java.util.Optional;

/**
 * A message or a part of one, known by its header.
 *
 * @param header its fields
 * @param contentType text/plain when the header has none; empty when it has a malformed one or two
 * @param depth 0 for the message, 1 for its parts, and so on
 * @param isMultipart whether parts follow; a multipart type without a usable boundary has none
 */
public record MimeEntity(MimeHeader header, Optional<ContentType> contentType, int depth, boolean isMultipart) {
    /** Whether the content type is known and is this one; lower case. */
    public boolean hasType(String mediaType) {
        return contentType.isPresent() && contentType.get().mediaType().equals(mediaType);
    }
}
