/**
 * What a flag is for whom: the definitions of flagd, evaluated as flagd does. Start reading at {@link
 * io.millrace.logic.flag.CompiledFlag}. How flags are moved is in {@code io.millrace.logic.rollout}; who is asked, and over what, is not
 * known here.
 */
package io.millrace.logic.flag;
