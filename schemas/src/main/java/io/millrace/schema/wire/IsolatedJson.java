package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;

/**
 * Parsers for what strangers write: no text has an effect on how the next one is read. Jackson's own share a table of
 * field names, which whoever chooses names that collide in it can fill until names of others are refused.
 */
public final class IsolatedJson {
    private IsolatedJson() {}

    /** Makes factories whose parsers share nothing. They read texts; of bytes they do not know where a value began. */
    public static JsonFactoryBuilder factory() {
        JsonFactoryBuilder builder = new JsonFactoryBuilder();
        return builder.disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    }
}
