package io.millrace.logic.task;

import java.util.UUID;

/**
 * What armed reminders: the namespace of their ids and what they carry on.
 *
 * @param id the arming event's id, or uuid5(that id, task id) for the other tasks of a series
 * @param correlationId may be null, as {@code traceparent}
 */
record Arming(UUID id, String correlationId, String traceparent) {}
