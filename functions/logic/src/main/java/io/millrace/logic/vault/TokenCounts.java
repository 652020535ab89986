package io.millrace.logic.vault;

/**
 * What became of tokens where values were put back.
 *
 * @param restored those whose values are there
 * @param unknown those that the conversation never had, or had too long ago
 * @param gone those whose values can't be read any more: their key was thrown away
 * @param withheld those whose value had no room
 */
public record TokenCounts(int restored, int unknown, int gone, int withheld) {
    static final TokenCounts NONE = new TokenCounts(0, 0, 0, 0);

    TokenCounts plus(TokenCounts other) {
        return new TokenCounts(
                restored + other.restored, unknown + other.unknown, gone + other.gone, withheld + other.withheld);
    }
}
