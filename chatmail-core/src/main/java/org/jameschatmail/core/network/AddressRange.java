package org.jameschatmail.core.network;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jameschatmail.core.address.IpAddress;

/**
 * An address, or all that begin with the same bits: {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}.
 *
 * @param bits how many of the address count
 */
public record AddressRange(InetAddress address, int bits) {
    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    public AddressRange {
        if (bits < 0 || bits > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("no such range: " + address.getHostAddress() + "/" + bits);
        }
    }

    /** Reads an address, with or without the number of bits behind a slash; empty when it is neither. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = address.get().getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        return BITS.matcher(bits).matches() && Integer.parseInt(bits) <= most
                ? Optional.of(new AddressRange(address.get(), Integer.parseInt(bits)))
                : Optional.empty();
    }

    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = Byte.SIZE - bits % Byte.SIZE;
        return rest == Byte.SIZE || (ours[whole] & 0xff) >> rest == (theirs[whole] & 0xff) >> rest;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + bits;
    }
}
