package org.jameschatmail.protocols.imap.message;

import org.apache.james.imap.api.message.BodyFetchElement;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.FetchData.Item;
import org.apache.james.mailbox.model.FetchGroup;
import org.apache.james.mailbox.model.FetchGroup.Profile;
import org.apache.james.mailbox.model.MimePath;
import org.jspecify.annotations.Nullable;

/** What of a message the store has to read for a FETCH. */
final class FetchGroups {
    private FetchGroups() {}

    static FetchGroup of(FetchData fetch) {
        FetchGroup group = FetchGroup.MINIMAL;
        if (fetch.contains(Item.ENVELOPE)) {
            group = group.with(Profile.HEADERS);
        }
        if (fetch.contains(Item.BODY) || fetch.contains(Item.BODY_STRUCTURE)) {
            group = group.with(Profile.MIME_DESCRIPTOR);
        }
        for (BodyFetchElement element : fetch.getBodyElements()) {
            int @Nullable [] path = element.getPath();
            boolean whole = path == null || path.length == 0;
            Profile profile = profile(element, whole);
            group = whole ? group.with(profile) : group.addPartContent(new MimePath(path), profile);
        }
        return group;
    }

    private static Profile profile(BodyFetchElement element, boolean whole) {
        return switch (element.getSectionType()) {
            case CONTENT -> whole ? Profile.FULL_CONTENT : Profile.MIME_CONTENT;
            case HEADER, HEADER_FIELDS, HEADER_NOT_FIELDS -> Profile.HEADERS;
            case MIME -> Profile.MIME_HEADERS;
            case TEXT -> Profile.BODY_CONTENT;
        };
    }

    /** Whether the store reads whole messages for it. */
    static boolean readsBodies(FetchData fetch) {
        return fetch.contains(Item.BODY)
                || fetch.contains(Item.BODY_STRUCTURE)
                || fetch.getBodyElements().stream().anyMatch(element -> switch (element.getSectionType()) {
                    case CONTENT, MIME, TEXT -> true;
                    case HEADER, HEADER_FIELDS, HEADER_NOT_FIELDS -> element.getPath() != null;
                });
    }

    /** The same without what would set {@code \Seen}. */
    static FetchData peeking(FetchData fetch) {
        if (!fetch.isSetSeen()) {
            return fetch;
        }
        FetchData.Builder peeking = FetchData.builder();
        if (fetch.getChangedSince() >= 0) {
            peeking.changedSince(fetch.getChangedSince());
        }
        peeking.vanished(fetch.getVanished());
        for (Item item : Item.values()) {
            if (fetch.contains(item)) {
                peeking.fetch(item);
            }
        }
        fetch.getBodyElements().forEach(element -> peeking.add(element, true));
        return peeking.build();
    }
}
