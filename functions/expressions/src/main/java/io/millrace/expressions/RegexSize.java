package io.millrace.expressions;

import java.util.ArrayDeque;
import java.util.Deque;

/** How large a pattern becomes, known before anything is made of it. */
final class RegexSize {
    private RegexSize() {}

    /**
     * How large it is with its counted repetitions written out; roughly, and never less.
     *
     * @param enough where it stops counting
     */
    static long of(String regex, int enough) {
        Deque<Long> outer = new ArrayDeque<>();
        long sequence = 1;
        long last = 1;
        for (int i = 0; i < regex.length() && sequence <= enough; i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
                last = 1;
                sequence++;
            } else if (c == '[') {
                i = endOfClass(regex, i);
                last = 1;
                sequence++;
            } else if (c == '(') {
                outer.push(sequence);
                sequence = 1;
            } else if (c == ')' && !outer.isEmpty()) {
                last = sequence + 2;
                sequence = outer.pop() + last;
            } else if (c == '{' && i + 1 < regex.length() && Character.isDigit(regex.charAt(i + 1))) {
                long repeated = last * largest(regex, i + 1, enough);
                sequence += repeated;
                last = repeated;
            } else {
                last = 1;
                sequence++;
            }
        }
        while (!outer.isEmpty()) {
            sequence += outer.pop();
        }
        return sequence;
    }

    /** In a class, parentheses and braces are characters. */
    private static int endOfClass(String regex, int from) {
        int i = from + 1;
        i += regex.startsWith("^", i) ? 1 : 0;
        // At its beginning the closing bracket is a character too.
        i += regex.startsWith("]", i) ? 1 : 0;
        while (i < regex.length() && regex.charAt(i) != ']') {
            int named = regex.startsWith("[:", i) ? regex.indexOf(":]", i) : -1;
            i = named > 0 ? named + 2 : regex.charAt(i) == '\\' ? i + 2 : i + 1;
        }
        return i;
    }

    /** Of the numbers up to the closing brace. */
    private static long largest(String regex, int from, int enough) {
        long largest = 0;
        long number = 0;
        for (int i = from; i < regex.length() && regex.charAt(i) != '}'; i++) {
            char c = regex.charAt(i);
            number = Character.isDigit(c) ? Math.min(enough, number * 10 + c - '0') : 0;
            largest = Math.max(largest, number);
        }
        return largest;
    }
}
