package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.List;

/** IPv6 addresses as text (RFC 4291 §2.2). */
final class V6 {
    private static final int GROUPS = 8;

    private V6() {}

    /** The eight groups, in hexadecimal without leading zeros; null when it is no address. */
    static String groups(String address) {
        int gap = address.indexOf("::");
        if (gap < 0) {
            List<String> all = read(address);
            return all == null || all.size() != GROUPS ? null : String.join(":", all);
        }
        List<String> before = read(address.substring(0, gap));
        List<String> after = read(address.substring(gap + 2));
        if (before == null || after == null || before.size() + after.size() >= GROUPS) {
            return null;
        }
        while (before.size() + after.size() < GROUPS) {
            before.add("0");
        }
        before.addAll(after);
        return String.join(":", before);
    }

    private static List<String> read(String part) {
        List<String> groups = new ArrayList<>();
        if (part.isEmpty()) {
            return groups;
        }
        for (String group : part.split(":", -1)) {
            if (group.indexOf('.') > 0) {
                String[] octets = group.split("\\.", -1);
                groups.add(Integer.toHexString(Integer.parseInt(octets[0]) << 8 | Integer.parseInt(octets[1])));
                groups.add(Integer.toHexString(Integer.parseInt(octets[2]) << 8 | Integer.parseInt(octets[3])));
            } else if (group.isEmpty() || group.length() > 4) {
                return null;
            } else {
                groups.add(Integer.toHexString(Integer.parseInt(group, 16)));
            }
        }
        return groups;
    }
}
