package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten times the text takes some ten times as long, and not a hundred times, whatever is repeated in it. */
class LinearTimeTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SMALL = 100_000;
    private static final int LARGE = 1_000_000;
    /** A square would be 100. */
    private static final double MOST = 40;

    private static double seconds(int length, String pattern) {
        String text = pattern.repeat(length / pattern.length() + 1);
        long start = THREADS.getCurrentThreadCpuTime();
        PiiTokenizer.find(text);
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "1",
                "@",
                ":",
                "=",
                ".",
                "-",
                "+",
                "(",
                " ",
                "\n",
                "\"",
                "A.",
                "a@",
                "a.@",
                "@a.",
                "1 ",
                "1-",
                "1.",
                "12:",
                "::",
                "a:",
                "a://",
                "://:",
                "eyJ",
                "eyJ-",
                "eyJ.",
                "-eyJa",
                "sk-",
                "sk_live_",
                "-----BEGIN PRIVATE KEY-----",
                "password=",
                "password is ",
                "Bearer ",
                "TOKEN_",
                "TOKEN_0b0e0c0a-1111",
                "FR76",
                "FR76 ",
                "AB12",
                "X1",
                "06 12 34 56 78 ",
                "0612345678",
                "+1",
                "+33 6",
                "(0",
                "12 rue de la ",
                "rue de ",
                "12 Main ",
                "Calle de la ",
                "Mr. ",
                "Jean ",
                "Jean-",
                "Jean de la ",
                "de la ",
                "My name is ",
                "Dear ",
                "Name: ",
                "regards,\n",
                "J. ",
                "O'",
                "order # ",
                "ssn no ",
                "ssn: ",
                "\u200B",
                "é",
                "\\u0040",
                "%40",
                "😀",
                "\uD83D",
                "４",
                "1/2/",
                "2024-05-12T10:00:00.",
                "P.O. Box ",
                "Flat 1, ",
                "00:",
                "aa-",
                "4111 1111 1111 1111 ",
                "4111-",
                "jane@example.com ",
                "x@y.zz"
            })
    void ofAnyPattern(String pattern) {
        seconds(SMALL, pattern);
        double small = Math.max(seconds(SMALL, pattern), 0.002);

        assertThat(seconds(LARGE, pattern) / small).as("ratio for %s", pattern).isLessThan(MOST);
    }
}
