package io.millrace.testing.fuzz;

import io.millrace.schema.wire.RecordHeader;
import java.util.List;

/**
 * A record to be published.
 *
 * @param key may be null
 * @param value may be null
 * @param headers never null; values may be null
 */
public record FuzzInput(byte[] key, byte[] value, List<RecordHeader> headers) {}
