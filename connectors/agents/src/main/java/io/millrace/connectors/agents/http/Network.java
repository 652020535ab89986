package io.millrace.connectors.agents.http;

import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses.
 *
 * @param text as it was written: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address
 */
public record Network(String text, byte[] address, int bits) implements Serializable {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

    /** @throws IllegalArgumentException showing the text that is none */
    public static Network of(String text) {
        String range = text.strip();
        int slash = range.indexOf('/');
        byte[] address = address(slash < 0 ? range : range.substring(0, slash));
        int most = address == null ? 0 : address.length * Byte.SIZE;
        int bits = slash < 0 ? most : bits(range.substring(slash + 1));
        if (address == null || bits < 0 || bits > most) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" must be a range of addresses, such as 10.0.0.0/8 or fd00::/8");
        }
        return new Network(range, address, bits);
    }

    /** Null for what is no address: names are never looked up. */
    private static byte[] address(String literal) {
        if (!IPV4.matcher(literal).matches() && !IPV6.matcher(literal).matches()) {
            return null;
        }
        try {
            for (String part : literal.contains(":") ? new String[0] : literal.split("\\.", -1)) {
                if (Integer.parseInt(part) > 255) {
                    return null;
                }
            }
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((other[bit / Byte.SIZE] ^ address[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
