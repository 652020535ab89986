/**
 * The commands behind {@code ./millrace}: arguments in, lines out, exit status 0, 1 or 2. What a command does lives in
 * the packages beside this one.
 */
package io.millrace.local.cli;
