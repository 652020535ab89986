package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.List;

/**
 * Secrets that tell themselves: keys with the prefix of their issuer, JSON Web Tokens (RFC 7519), private keys in
 * PEM.
 */
final class KnownSecrets implements Detector {
    /** Letters before the first sign or digit of a key. */
    static final int LONGEST_PREFIX = 6;

    private static final int LONGEST = 8_192;
    private static final int LONGEST_KEY_BLOCK = 32_768;
    private static final int SHORTEST_JWT_PART = 8;
    private static final String PEM = "-----BEGIN ";
    private static final String PEM_END = "-----END ";

    /** @param shortest of what follows the prefix */
    private record Prefix(String text, int shortest) {}

    private static final List<List<Prefix>> PREFIXES =
            byFirst("AKIA16 ASIA16 AIza30 ghp_30 gho_30 ghu_30 ghs_30 ghr_30 github_pat_20 glpat-16 "
                    + "gldt-16 xoxb-16 xoxp-16 xoxa-16 xoxr-16 xoxs-16 xapp-16 sk-ant-16 sk-proj-16 "
                    + "sk-20 sk_live_16 sk_test_16 rk_live_16 rk_test_16 pk_live_16 pk_test_16 whsec_16 "
                    + "ya29.20 npm_30 pypi-30 hf_20 dop_v1_30 shpat_24 shpss_24 SG.16 EAACEd20 "
                    + "AGE-SECRET-KEY-30 lin_api_20 figd_20 dckr_pat_16 hvs.20 nvapi-20 gsk_20 key-32 "
                    + "PMAK-24 SK32 AC32");

    private static List<List<Prefix>> byFirst(String table) {
        List<List<Prefix>> prefixes = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            prefixes.add(new ArrayList<>());
        }
        for (String entry : table.split(" ")) {
            String text = entry.replaceAll("[0-9]+$", "");
            int shortest = Integer.parseInt(entry.substring(text.length()));
            prefixes.get(text.charAt(0)).add(new Prefix(text, shortest));
        }
        return prefixes;
    }

    static boolean mayBeginWith(char c) {
        return c == 'e' || c < PREFIXES.size() && !PREFIXES.get(c).isEmpty();
    }

    @Override
    public PiiSpan find(Text text, int at) {
        int end = -1;
        if (text.at(at) == '-') {
            end = keyBlock(text, at);
        } else if (!Chars.isKey(text.at(at - 1))) {
            end = text.startsWith("eyJ", at) ? token(text, at) : key(text, at);
        }
        return end < 0 ? null : new PiiSpan(PiiType.SECRET, at, end);
    }

    private static int key(Text text, int at) {
        char first = text.at(at);
        for (Prefix prefix : first < 0x80 ? PREFIXES.get(first) : List.<Prefix>of()) {
            if (text.startsWith(prefix.text(), at)) {
                int start = at + prefix.text().length();
                int end = keyEnd(text, start, ".");
                if (end - start >= prefix.shortest() && hasDigit(text, start, end)) {
                    return end;
                }
            }
        }
        return -1;
    }

    private static int keyEnd(Text text, int start, String others) {
        int end = start;
        while (end - start < LONGEST
                && end < text.to()
                && (Chars.isKey(text.at(end)) || others.indexOf(text.at(end)) >= 0)) {
            end++;
        }
        while (end > start && others.indexOf(text.at(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean hasDigit(Text text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.isDigit(i)) {
                return true;
            }
        }
        return false;
    }

    /** Header, claims and signature, the last of which may be empty. */
    private static int token(Text text, int at) {
        int header = keyEnd(text, at, "");
        int claims = text.at(header) == '.' ? keyEnd(text, header + 1, "") : header;
        if (header - at < SHORTEST_JWT_PART || claims - header < SHORTEST_JWT_PART) {
            return -1;
        }
        return text.at(claims) == '.' ? keyEnd(text, claims + 1, "=+/.") : claims;
    }

    /** A block without its end goes as far as it looks like one. */
    private static int keyBlock(Text text, int at) {
        if (!text.startsWith(PEM, at)) {
            return -1;
        }
        int label = at + PEM.length();
        int dashes = label;
        while (dashes - label < 40
                && (Chars.isUpper(text.at(dashes)) || text.at(dashes) == ' ' || text.isDigit(dashes))) {
            dashes++;
        }
        if (!text.startsWith("-----", dashes) || !text.between(label, dashes).contains("PRIVATE KEY")) {
            return -1;
        }
        int i = dashes + 5;
        while (i - at < LONGEST_KEY_BLOCK && i < text.to() && isInKeyBlock(text.at(i))) {
            if (text.startsWith(PEM_END, i)) {
                int end = i + PEM_END.length();
                while (end < text.to() && end - i < 60 && (Chars.isUpper(text.at(end)) || text.at(end) == ' ')) {
                    end++;
                }
                while (text.at(end) == '-' && end - i < 60) {
                    end++;
                }
                return end;
            }
            i++;
        }
        return i;
    }

    private static boolean isInKeyBlock(char c) {
        return Chars.isKey(c) || c == '+' || c == '/' || c == '=' || c == '\\' || c <= ' ' || c == ':' || c == ',';
    }
}
