package org.jameschatmail.core.address;

/** A lexical token of an address list; dots belong to the atom they stand in. */
record AddressToken(Kind kind, String text) {
    enum Kind {
        ATOM,
        QUOTED_STRING,
        DOMAIN_LITERAL,
        SPECIAL
    }

    boolean isWord() {
        return kind == Kind.ATOM || kind == Kind.QUOTED_STRING;
    }

    boolean isLocalPart() {
        return kind == Kind.QUOTED_STRING && isWellFormed() || isDotAtom();
    }

    boolean isDomain() {
        return kind == Kind.DOMAIN_LITERAL && isWellFormed() || isDotAtom();
    }

    boolean isSpecial(char special) {
        return kind == Kind.SPECIAL && text.charAt(0) == special;
    }

    private boolean isDotAtom() {
        return kind == Kind.ATOM
                && !text.startsWith(".")
                && !text.endsWith(".")
                && !text.contains("..")
                && isWellFormed();
    }

    /** Octets that were no UTF-8 arrive as the replacement character: fine in a display name, not in an address. */
    private boolean isWellFormed() {
        return text.indexOf('\uFFFD') < 0;
    }
}
