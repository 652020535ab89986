package io.millrace.logic.agent;

import java.util.UUID;

/**
 * A call of an agent that is not known yet, or of one whose work under the same key is outdated. Times are milliseconds
 * since the epoch.
 *
 * @param key its idempotency key
 * @param until when it is answered without
 * @param nextLook when it is looked at again, if nothing happens before; at most {@code until}
 */
record Pending(RoutedCall call, UUID key, long until, long nextLook) {}
