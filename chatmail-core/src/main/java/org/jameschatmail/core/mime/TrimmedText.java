package org.jameschatmail.core.mime;

/**
 * Collects a short text without the blanks and line breaks around it, in bounded memory. Not thread-safe.
 */
public final class TrimmedText {
    private final int maxLength;
    private final StringBuilder text = new StringBuilder();
    private boolean tooLong;

    /** @param maxLength a text longer than this equals nothing */
    public TrimmedText(int maxLength) {
        this.maxLength = maxLength;
    }

    public void add(byte[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = (char) (buffer[i] & 0xFF);
            boolean blank = isBlank(c);
            if (text.length() < maxLength && !(blank && text.isEmpty())) {
                text.append(c);
            } else {
                tooLong |= !blank;
            }
        }
    }

    /** The text, each octet one character; null byte or 8-bit octets stay what they are. Empty when it is too long. */
    public String text() {
        int end = text.length();
        while (end > 0 && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return tooLong ? "" : text.substring(0, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
