package io.millrace.gateway.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.logic.flag.CompiledFlag;
import io.millrace.logic.flag.EvaluationBudget;
import io.millrace.logic.flag.FlagContext;
import io.millrace.logic.flag.FlagError;
import io.millrace.logic.flag.FlagReason;
import io.millrace.logic.flag.FlagResult;
import io.millrace.schema.wire.RejectedEventException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** A flag as it stands on the topic, ready to be evaluated. Of a record that is no flag each evaluation is an error. */
public final class ServedFlag {
    private final String key;
    private final int length;
    private final CompiledFlag flag;
    private final String problem;
    /** A digest of key and definition. */
    private final long high;

    private final long low;

    private ServedFlag(String key, String definition, CompiledFlag flag, String problem) {
        this.key = key;
        this.length = key.length() + definition.length();
        this.flag = flag;
        this.problem = problem;
        ByteBuffer digest = ByteBuffer.wrap(digest(key + '\n' + definition));
        high = digest.getLong();
        low = digest.getLong();
    }

    static ServedFlag of(String key, String definition) {
        try {
            CompiledFlag flag = CompiledFlag.compile(key, definition);
            return new ServedFlag(key, definition, flag, flag.problem());
        } catch (RejectedEventException e) {
            return new ServedFlag(key, definition, null, e.getMessage());
        }
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String key() {
        return key;
    }

    /** As flagd knows it; null when the record is no flag. Not to be changed. */
    public ObjectNode definition() {
        return flag == null ? null : flag.definition();
    }

    /** Why nobody can be given a value of it; null when somebody can. */
    public String problem() {
        return problem;
    }

    /** Whether it is switched off. */
    public boolean isDisabled() {
        return flag != null && !flag.isEnabled();
    }

    /** @param work what may be done yet */
    public FlagResult evaluate(FlagContext context, Instant now, EvaluationBudget work) {
        return flag == null
                ? new FlagResult(key, null, null, FlagReason.ERROR, FlagError.PARSE_ERROR, problem, null)
                : flag.evaluate(context, now, work);
    }

    /** In UTF-16 code units, its key included. */
    int length() {
        return length;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
