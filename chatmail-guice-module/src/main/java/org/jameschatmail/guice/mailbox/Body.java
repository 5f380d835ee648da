package org.jameschatmail.guice.mailbox;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** The octets of a message, its headers (with the empty line) apart from the rest. Nobody changes the arrays. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Body(byte[] header, byte[] content) {
    int octets() {
        return header.length + content.length;
    }

    InputStream stream() {
        return new SequenceInputStream(new ByteArrayInputStream(header), new ByteArrayInputStream(content));
    }
}
