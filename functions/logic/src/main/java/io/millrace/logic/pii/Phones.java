package io.millrace.logic.pii;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/** What libphonenumber knows of numbers, asked about digits alone. */
final class Phones {
    private static final PhoneNumberUtil UTIL = PhoneNumberUtil.getInstance();

    private Phones() {}

    /** @param digits with the country's code in front; null when there is no such number */
    static String international(String digits) {
        PhoneNumber number = parse("+" + digits, null);
        return number != null && UTIL.isValidNumber(number) ? UTIL.format(number, PhoneNumberFormat.E164) : null;
    }

    /** Whether a country has numbers of that length. */
    static boolean isPossible(String digits) {
        PhoneNumber number = parse("+" + digits, null);
        return number != null && UTIL.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE;
    }

    /**
     * A number as it is dialled within its country, in E.164.
     *
     * @param language in whose countries it is looked for first; may be null
     * @return null when none of the countries has it
     */
    static String e164(String digits, Language language) {
        char first = digits.charAt(0);
        if (first == '0' && (digits.length() == 10 || digits.length() == 11)) {
            return language == Language.EN ? either(digits, "GB", "FR") : either(digits, "FR", "GB");
        }
        if (digits.length() == 10 && first >= '2' || digits.length() == 11 && first == '1') {
            return in(digits, "US");
        }
        return digits.length() == 9 && first >= '6' ? in(digits, "ES") : null;
    }

    private static String either(String digits, String one, String other) {
        String number = in(digits, one);
        return number != null ? number : in(digits, other);
    }

    private static String in(String digits, String region) {
        PhoneNumber number = parse(digits, region);
        // Valid in whatever country shares the code: Canada with the United States, Guernsey with Great Britain.
        return number != null && UTIL.isValidNumber(number) ? UTIL.format(number, PhoneNumberFormat.E164) : null;
    }

    private static PhoneNumber parse(String number, String region) {
        try {
            return UTIL.parse(number, region);
        } catch (NumberParseException e) {
            return null;
        }
    }
}
