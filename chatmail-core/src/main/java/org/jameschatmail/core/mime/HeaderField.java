package org.jameschatmail.core.mime;

/**
 * One header field.
 *
 * @param name printable ASCII without colon, as written
 * @param value unfolded, without the blanks around it; octets that are no UTF-8 become U+FFFD
 */
public record HeaderField(String name, String value) {}
