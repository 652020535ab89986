package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** A function of its input and of the values of its arguments. */
interface Native {
    /** @throws Raised when it can't be done with these */
    JsonNode call(JsonNode input, JsonNode[] arguments, Meter meter);
}
