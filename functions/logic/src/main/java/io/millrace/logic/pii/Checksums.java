package io.millrace.logic.pii;

/** Check digits and letters. */
final class Checksums {
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final int NHS_DIGITS = 10;

    private Checksums() {}

    /** ISO/IEC 7812-1 annex B. */
    static boolean luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** ISO 7064 MOD 97-10 of an IBAN (ISO 13616) in capital letters. */
    static boolean iban(String iban) {
        int rest = 0;
        for (int i = 0; i < iban.length(); i++) {
            int value = Character.digit(iban.charAt((i + 4) % iban.length()), 36);
            rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
        }
        return rest == 1;
    }

    /** The last two digits are 97 less the rest of the others; Corsica's departments 2A and 2B count as 19 and 18. */
    static boolean nir(String nir) {
        String digits = nir.replace('A', '0').replace('B', '0');
        long number = Long.parseLong(digits.substring(0, 13));
        number -= nir.charAt(6) == 'A' ? 1_000_000 : nir.charAt(6) == 'B' ? 2_000_000 : 0;
        return 97 - number % 97 == Long.parseLong(digits.substring(13));
    }

    /** Eight digits and their letter; of a NIE the letter in front counts as 0, 1 or 2. */
    static boolean dni(String digits, char letter) {
        return DNI_LETTERS.charAt(Integer.parseInt(digits) % DNI_LETTERS.length()) == letter;
    }

    /** Ten digits, the last is 11 less the rest of the others by falling weights. */
    static boolean nhs(String digits) {
        int sum = 0;
        for (int i = 0; i < NHS_DIGITS - 1; i++) {
            sum += (digits.charAt(i) - '0') * (NHS_DIGITS - i);
        }
        int check = 11 - sum % 11;
        return check != 10 && (check == 11 ? 0 : check) == digits.charAt(NHS_DIGITS - 1) - '0';
    }

    /** Spain's social security number: twelve digits, the last two are the rest of the others by 97. */
    static boolean nss(String digits) {
        long province = Long.parseLong(digits.substring(0, 2));
        long number = Long.parseLong(digits.substring(2, 10));
        long whole = number < 10_000_000 ? province * 10_000_000 + number : province * 100_000_000 + number;
        return whole % 97 == Long.parseLong(digits.substring(10));
    }
}
