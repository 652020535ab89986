package io.millrace.logic.vault;

/**
 * What stands in a text where no value can.
 *
 * @param unknown for a token that the conversation never had
 * @param gone for one whose value was removed
 */
public record Wording(String unknown, String gone) {
    private static final String NEUTRAL = "[…]";
    private static final Wording ENGLISH = new Wording(NEUTRAL, "[removed]");
    private static final Wording FRENCH = new Wording(NEUTRAL, "[supprimé]");
    private static final Wording SPANISH = new Wording(NEUTRAL, "[eliminado]");

    /** @param language as in {@code fr-CA}; null for English, as is one that is not known */
    public static Wording of(String language) {
        if (language == null) {
            return ENGLISH;
        }
        return language.startsWith("fr") ? FRENCH : language.startsWith("es") ? SPANISH : ENGLISH;
    }
}
