package io.millrace.gateway.model;

/** An event and what came of it. */
record Effect(EventRef event, Outcome outcome) {}
