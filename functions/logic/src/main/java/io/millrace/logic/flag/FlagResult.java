package io.millrace.logic.flag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a flag is for a context.
 *
 * @param value null when whoever asks has to use a default of their own
 * @param variant null without a value
 * @param error null unless the reason is {@link FlagReason#ERROR}, as is {@code detail}
 * @param metadata of the flag; not to be changed
 */
public record FlagResult(
        String flag,
        JsonNode value,
        String variant,
        FlagReason reason,
        FlagError error,
        String detail,
        ObjectNode metadata) {

    /** Whether it is true, or can't be told. */
    public boolean isOn() {
        return reason == FlagReason.ERROR || value != null && value.asBoolean();
    }

    static FlagResult without(String flag, FlagReason reason, ObjectNode metadata) {
        return new FlagResult(flag, null, null, reason, null, null, metadata);
    }

    static FlagResult failed(String flag, FlagError error, String detail, ObjectNode metadata) {
        return new FlagResult(flag, null, null, FlagReason.ERROR, error, detail, metadata);
    }
}
