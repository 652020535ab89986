/** Lets Flink serialize a type by our own {@link io.millrace.schema.wire.Codec} of it, on the network and in state. */
package io.millrace.operators.codec;
