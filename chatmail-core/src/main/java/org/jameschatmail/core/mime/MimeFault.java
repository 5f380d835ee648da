package org.jameschatmail.core.mime;

/** Why a message can't be read as one. */
public enum MimeFault {
    TOO_LARGE,
    /** A CR without LF, or an LF without CR, anywhere: the stuff of SMTP smuggling. */
    BARE_LINE_BREAK,
    /** The message's own header has a line that is no field, or a NUL. */
    MALFORMED_HEADER,
    HEADER_TOO_LARGE,
    TOO_MANY_PARTS,
    TOO_DEEPLY_NESTED
}
