package org.jameschatmail.core.commandline;

/** What an {@link AdminTask} may be told besides its subject. */
public enum AdminOption {
    SEARCH("--search", Kind.TEXT),
    AFTER("--after", Kind.TEXT),
    LIMIT("--limit", Kind.NUMBER),
    ALL("--all", Kind.FLAG),
    LABEL("--label", Kind.TEXT),
    USES("--uses", Kind.NUMBER),
    DAYS("--days", Kind.NUMBER),
    PER_NETWORK("--per-network", Kind.TEXT),
    GUARD_LOAD("--guard-load", Kind.TEXT),
    GUARD_MEMORY("--guard-memory", Kind.TEXT),
    GUARD_DISK("--guard-disk", Kind.TEXT),
    DRY_RUN("--dry-run", Kind.FLAG),
    WITHOUT_MAIL("--without-mail", Kind.FLAG),
    YES("--yes", Kind.FLAG),
    JSON("--json", Kind.FLAG);

    /** What follows the option. */
    enum Kind {
        /** Nothing. */
        FLAG,
        /** A whole number from 1 to 999999999. */
        NUMBER,
        /** Anything that isn't empty. */
        TEXT
    }

    private final String word;
    private final Kind kind;

    AdminOption(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    /** As it is typed, with its dashes. */
    public String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }
}
