package io.millrace.logic.pii;

/** Addresses of hosts, IPv4 and IPv6 (RFC 4291 §2.2); none of a host's own, and no version numbers. */
final class IpDetector implements Detector {
    private static final int LONGEST_V6 = 45;

    @Override
    public PiiSpan find(Text text, int at) {
        if (!text.isBoundary(at)) {
            return null;
        }
        int end = text.isDigit(at) ? v4End(text, at) : -1;
        if (end < 0 || !isHost(text, at, end)) {
            end = v6End(text, at);
        }
        return end < 0 ? null : new PiiSpan(PiiType.IP, at, end);
    }

    private static int v4End(Text text, int at) {
        int i = at;
        for (int group = 0; group < 4; group++) {
            int start = i;
            int value = 0;
            while (text.isDigit(i) && i - start < 4) {
                value = value * 10 + text.at(i++) - '0';
            }
            boolean wrong = i == start || value > 255 || text.at(start) == '0' && i - start > 1;
            if (wrong || group < 3 && text.at(i++) != '.') {
                return -1;
            }
        }
        return Chars.isWord(text.at(i))
                        || text.at(i) == '.' && text.isDigit(i + 1)
                        || text.at(i) == '-' && Chars.isLetter(text.at(i + 1))
                ? -1
                : i;
    }

    private static boolean isHost(Text text, int at, int end) {
        char before = text.at(at - 1);
        boolean isNetwork = text.at(end) == '/' && text.at(end - 1) == '0' && text.isDigit(end + 1);
        if (isNetwork
                || before == '§'
                || before == '.'
                || before == '-' && Chars.isLetter(text.at(at - 2))
                || before == '/' && text.at(at - 2) != '/') {
            return false;
        }
        return !isOwn(text.between(at, end))
                && !WordKind.VERSION.in(text.kindsBefore(at))
                && !WordKind.VERSION.in(text.kindsBefore(afterMark(text, at)))
                && !isHeading(text, at, end);
    }

    private static int afterMark(Text text, int at) {
        char before = text.at(at - 1) == ' ' ? text.at(at - 2) : text.at(at - 1);
        return before == ':' || before == '=' || before == '.' ? at - (text.at(at - 1) == ' ' ? 2 : 1) : at;
    }

    private static boolean isOwn(String address) {
        return address.startsWith("127.") || address.startsWith("0.") || address.startsWith("255.255.");
    }

    /** A line that begins with the number of a section. */
    private static boolean isHeading(Text text, int at, int end) {
        return text.at(at - 1) == '\n' && end - at <= 8 && text.at(end) == ' ' && Chars.isUpper(text.at(end + 1));
    }

    private static int v6End(Text text, int at) {
        int end = at;
        int colons = 0;
        while (end - at <= LONGEST_V6 && (Chars.isHex(text.at(end)) || text.at(end) == ':') && end < text.to()) {
            colons += text.at(end++) == ':' ? 1 : 0;
        }
        if (colons < 2) {
            return -1;
        }
        int last = end;
        if (text.goesOn(end)) {
            int v4 = lastColon(text, end) + 1;
            last = v4End(text, v4);
            end = last < 0 ? end : last;
        }
        if (last > 0 && text.at(last - 1) == ':' && text.at(last - 2) != ':') {
            end = --last;
        }
        if (last < 0 || Chars.isWord(text.at(end)) || text.at(at - 1) == ':') {
            return -1;
        }
        return isSpecific(text.between(at, end)) && V6.groups(text.between(at, end)) != null ? zone(text, end) : -1;
    }

    private static int lastColon(Text text, int end) {
        int i = end;
        while (text.at(i) != ':') {
            i--;
        }
        return i;
    }

    /** Not of two words of a programming language, nor one that every host has. */
    private static boolean isSpecific(String address) {
        int digits = 0;
        for (int i = 0; i < address.length(); i++) {
            digits += Chars.isDigit(address.charAt(i)) ? 1 : 0;
        }
        return digits > 0 && address.length() >= 6;
    }

    private static int zone(Text text, int end) {
        int i = end + 1;
        while (text.at(end) == '%' && i < end + 16 && i < text.to() && Chars.isLetterOrDigit(text.at(i))) {
            i++;
        }
        return i > end + 1 ? i : end;
    }
}
