package io.millrace.schema.event;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares a field: the component it stands at gives name and type. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Field {

    /** For the JSON Schema and whoever reads it. */
    String title() default "";

    String description() default "";

    /** A value that several events have, with its own bounds. */
    Value value() default Value.OF_ITS_TYPE;

    /** The smallest number; of a text, the fewest characters. */
    long min() default 0;

    /** The largest number; of a text, the most characters; of a list or a map, the most elements,
     * whose own bounds are those of their type. */
    long max() default Long.MAX_VALUE;

    /** Whether an event may lack it. A primitive is then 0 or false, a list empty, anything else null. */
    boolean optional() default false;

    /** A value as JSON. */
    String example() default "";

    /** How an element of a list or a map is bounded: as its type is. */
    record Unbounded(@Field Object element) {
        static final Field FIELD = Unbounded.class.getRecordComponents()[0].getAnnotation(Field.class);
    }
}
