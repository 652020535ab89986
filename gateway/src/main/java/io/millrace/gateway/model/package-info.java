/**
 * What the log says, in a form that can be asked: a database that follows topics, and can be thrown away. Nothing is
 * known here of HTTP, of Kafka's clients, or of who may see what beyond a {@link io.millrace.gateway.model.Scope}.
 */
package io.millrace.gateway.model;
