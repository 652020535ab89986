package io.millrace.logic.pii;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * International bank account numbers (ISO 13616), by the length each country gave them and their check digits. Where a
 * word says that it is an account, one of the right length is enough.
 */
final class IbanDetector implements Detector {
    private static final Map<String, Integer> LENGTHS = lengths("NO15 BE16 DK18 FI18 FO18 GL18 NL18 MK19 SI19 AT20 BA20"
            + " EE20 KZ20 LT20 LU20 XK20 CH21 "
            + "HR21 LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23 IQ23 "
            + "TL23 SO23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25 IS26 "
            + "TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HU28 LB28 "
            + "NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 SC31 MT31 RU33");

    private static Map<String, Integer> lengths(String table) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : table.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return lengths;
    }

    @Override
    public PiiSpan find(Text text, int at) {
        if (!Chars.isAsciiLetter(text.at(at))
                || !Chars.isAsciiLetter(text.at(at + 1))
                || !text.isDigit(at + 2)
                || !text.isDigit(at + 3)
                || !text.isBoundary(at)) {
            return null;
        }
        Integer length = LENGTHS.get(text.between(at, at + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return null;
        }
        StringBuilder iban = new StringBuilder(length);
        int i = at;
        while (iban.length() < length) {
            char c = text.at(i);
            boolean isSeparator = (c == ' ' || c == '-') && iban.length() >= 4;
            i += isSeparator ? 1 : 0;
            c = text.at(i);
            if (!Chars.isDigit(c) && !Chars.isAsciiLetter(c) || i >= text.to()) {
                return null;
            }
            iban.append(c);
            i++;
        }
        boolean whole = !Chars.isWord(text.at(i));
        String upper = iban.toString().toUpperCase(Locale.ROOT);
        return whole && (Checksums.iban(upper) || text.isNear(WordKind.PAYMENT, at))
                ? new PiiSpan(PiiType.IBAN, at, i)
                : null;
    }
}
