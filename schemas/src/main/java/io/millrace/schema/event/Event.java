package io.millrace.schema.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares an event: a record whose first component is its {@link io.millrace.schema.wire.Envelope} and whose others are
 * its fields, in snake_case, each with a {@link Field}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Event {

    /** The value of {@code event_type}. */
    String type();

    /** For the JSON Schema. Empty for a record that reads only some fields of an event that another one declares. */
    String description() default "";

    /** What {@code event_id} is made of; empty for nothing in particular. */
    String id() default "";

    /** The largest value that is accepted. */
    int maxBytes() default 256 * 1024;
}
