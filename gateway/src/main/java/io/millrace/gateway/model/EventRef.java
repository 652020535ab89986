package io.millrace.gateway.model;

import java.util.UUID;

/** An event of a tenant. */
public record EventRef(String tenant, UUID eventId) {}
