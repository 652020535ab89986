package io.millrace.gateway.hooks;

import java.util.List;
import java.util.Map;

/**
 * What a sender sent.
 *
 * @param headers by their names in small letters
 * @param body as it came
 * @param atMillis when it came, milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent")
public record HookRequest(Map<String, String> headers, Map<String, List<String>> query, byte[] body, long atMillis) {}
