package io.millrace.schema.lake;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a column of a table: the component of the row it stands at gives its name, in snake_case, and its type.
 * Components without it are not in the table. Columns are only ever appended.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Column {

    /** For whoever queries it; a comment in the table. */
    String value();
}
