package io.millrace.jobs.agents.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;

/**
 * A span of which all is known. Times are milliseconds since the epoch.
 *
 * @param parent not valid for the root of a trace
 */
record EndedSpan(
        SpanContext context,
        SpanContext parent,
        String name,
        SpanKind kind,
        Attributes attributes,
        boolean failed,
        long startedAt,
        long endedAt) {}
