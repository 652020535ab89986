package io.millrace.local.smoke;

import java.time.Duration;

/**
 * What came of one thing that was tried.
 *
 * @param what that was tried
 * @param took until it was known
 * @param detail what was seen, or what to do
 */
public record Verdict(String what, boolean isWell, Duration took, String detail) {

    static Verdict well(String what, Duration took, String detail) {
        return new Verdict(what, true, took, detail);
    }

    static Verdict failed(String what, Duration took, String detail) {
        return new Verdict(what, false, took, detail);
    }
}
