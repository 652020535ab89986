package io.millrace.logic.pii;

import java.util.Arrays;
import java.util.Locale;

/** How long most took. */
public final class Percentiles {

    private Percentiles() {}

    /** @param nanos how long each took; sorted by this */
    public static String of(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT, "p50 %.3f ms, p95 %.3f ms, p99 %.3f ms", at(nanos, 50), at(nanos, 95), at(nanos, 99));
    }

    private static double at(long[] nanos, int percent) {
        return nanos[nanos.length * percent / 100] / 1e6;
    }
}
