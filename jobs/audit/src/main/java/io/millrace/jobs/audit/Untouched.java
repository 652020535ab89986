package io.millrace.jobs.audit;

import io.millrace.logic.audit.Masking;
import java.nio.charset.StandardCharsets;

/** Placeholder. */
final class Untouched implements Masking {
    @Override
    public String text(String text) {
        return text;
    }

    @Override
    public String value(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
