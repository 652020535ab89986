/**
 * The jq language, evaluated within bounds: {@code Expression} is compiled once and is then a function of its input and
 * its variables alone. No clock, no environment, no files. What a program may do is counted ({@code Budget}), so that
 * one that loops, recurses or explodes ends with an error that names the bound, the same on each replay.
 */
package io.millrace.expressions;
