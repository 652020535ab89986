/** Flags that operators obey. Begin with {@link io.millrace.operators.flag.FlagsState}. */
package io.millrace.operators.flag;
