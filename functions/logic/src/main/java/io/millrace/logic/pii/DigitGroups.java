package io.millrace.logic.pii;

/** Digits in groups, with a separator between two. */
final class DigitGroups {
    private static final int MAX_GROUPS = 10;

    private final Text text;
    private final int start;
    private final int[] starts = new int[MAX_GROUPS];
    private final int[] ends = new int[MAX_GROUPS];
    private int count;

    private DigitGroups(Text text, int start) {
        this.text = text;
        this.start = start;
    }

    /**
     * @param separators of which one may stand between two groups, and a blank beside a bracket
     * @param max digits at most; of a longer number none are read
     */
    static DigitGroups read(Text text, int at, String separators, int max) {
        DigitGroups groups = new DigitGroups(text, at);
        int digits = 0;
        int i = at;
        while (groups.count < MAX_GROUPS && text.isDigit(i)) {
            int end = i;
            while (text.isDigit(end) && end - i <= max) {
                end++;
            }
            digits += end - i;
            if (digits > max) {
                break;
            }
            groups.starts[groups.count] = i;
            groups.ends[groups.count++] = end;
            i = next(text, end, separators);
        }
        return groups;
    }

    private static int next(Text text, int end, String separators) {
        int i = end;
        boolean bracket = false;
        while (i - end < 3 && separators.indexOf(text.at(i)) >= 0) {
            bracket |= text.at(i) == '(' || text.at(i) == ')';
            i++;
        }
        return i - end <= 1 || bracket || text.between(end, i).equals(" - ") ? i : end;
    }

    int count() {
        return count;
    }

    int start() {
        return start;
    }

    /** Where the first {@code groups} end. */
    int end(int groups) {
        return ends[groups - 1];
    }

    int length(int group) {
        return ends[group] - starts[group];
    }

    /** Digits in the first {@code groups}. */
    int digits(int groups) {
        int digits = 0;
        for (int i = 0; i < groups; i++) {
            digits += length(i);
        }
        return digits;
    }

    /** Whether the first groups have these lengths. */
    boolean has(int... lengths) {
        if (count < lengths.length) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            if (length(i) != lengths[i]) {
                return false;
            }
        }
        return true;
    }

    /** The separator behind a group. */
    char separator(int group) {
        return text.at(ends[group]);
    }

    /** The digits of the first {@code groups} alone. */
    String text(int groups) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < groups; i++) {
            digits.append(text.between(starts[i], ends[i]));
        }
        return digits.toString();
    }

    /** Whether the first {@code groups} are a number of their own, and no part of another one. */
    boolean isWhole(int groups) {
        int end = end(groups);
        return !Chars.isWord(text.at(end)) && !text.goesOn(end);
    }
}
