package io.millrace.logic.agent.schema;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a regular expression becomes when its counted repetitions are written out, before anybody does so: {@code
 * (a{999}){999}} has 13 characters and a million steps. A rough sum, of one pass.
 */
final class PatternSize {
    private static final long ENOUGH = 1L << 40;
    /** Groups within each other: the compiler of patterns goes down to the innermost. */
    private static final int MAX_NESTING = 200;
    /** Some classes of Unicode are of hundreds of ranges. */
    private static final long UNICODE_CLASS = 200;

    private static final int CHARACTERS_OF_A_RANGE = 4;

    /** What an open group holds up to here, and how much of it is its last piece, which a repetition is of. */
    private static final class Group {
        private long sum;
        private long last;

        void add(long size) {
            sum = Math.min(ENOUGH, sum + size);
            last = size;
        }

        void repeat(long times) {
            sum = Math.min(ENOUGH, sum + last * (times - 1));
            last = Math.min(ENOUGH, last * times);
        }
    }

    private final String regex;
    private int at;

    private PatternSize(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        return new PatternSize(regex).size();
    }

    private long size() {
        Deque<Group> groups = new ArrayDeque<>();
        Group group = new Group();
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            switch (c) {
                case '(' -> {
                    if (groups.size() == MAX_NESTING) {
                        return ENOUGH;
                    }
                    groups.push(group);
                    group = new Group();
                }
                case ')' -> {
                    long inner = group.sum + 1;
                    group = groups.isEmpty() ? group : groups.pop();
                    group.add(inner);
                }
                case '[' -> {
                    int from = at;
                    skipClass();
                    group.add(sizeOfClass(from));
                }
                case '\\' -> {
                    boolean unicode = isUnicodeClass(at);
                    skipEscape();
                    group.add(unicode ? UNICODE_CLASS : 1);
                }
                case '{' -> group.repeat(times());
                default -> group.add(1);
            }
        }
        long open = groups.stream().mapToLong(each -> each.sum).sum();
        return group.sum + open;
    }

    private boolean isUnicodeClass(int letter) {
        return letter < regex.length() && (regex.charAt(letter) == 'p' || regex.charAt(letter) == 'P');
    }

    private long sizeOfClass(int from) {
        int to = Math.min(at, regex.length());
        long size = 1 + (to - from) / CHARACTERS_OF_A_RANGE;
        for (int i = regex.indexOf('\\', from); i >= 0 && i < to; i = regex.indexOf('\\', i + 2)) {
            size += isUnicodeClass(i + 1) ? UNICODE_CLASS : 0;
        }
        return size;
    }

    /** To behind the bracket that closes it; one that comes first, as in {@code []a]}, does not. */
    private void skipClass() {
        if (at < regex.length() && regex.charAt(at) == '^') {
            at++;
        }
        do {
            at += at < regex.length() && regex.charAt(at) == '\\' ? 2 : 1;
        } while (at < regex.length() && regex.charAt(at) != ']');
        at++;
    }

    /** To behind the letter, or behind the braces that some have: <code>\p{L}</code> is no repetition. */
    private void skipEscape() {
        char letter = at < regex.length() ? regex.charAt(at) : 0;
        at++;
        if ("uxpP".indexOf(letter) >= 0 && at < regex.length() && regex.charAt(at) == '{') {
            int close = regex.indexOf('}', at);
            at = close < 0 ? regex.length() : close + 1;
        }
    }

    /**
     * Of {@code 3}, <code>3,</code> and {@code 3,7} up to the closing brace the larger number; 1 of what is no
     * repetition.
     */
    private long times() {
        int close = regex.indexOf('}', at);
        if (close < 0) {
            return 1;
        }
        long most = 1;
        for (String number : regex.substring(at, close).split(",", -1)) {
            if (number.length() > 6 || !number.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
                return 1;
            }
            most = number.isEmpty() ? most + 1 : Math.max(most, Long.parseLong(number));
        }
        at = close + 1;
        return most;
    }
}
