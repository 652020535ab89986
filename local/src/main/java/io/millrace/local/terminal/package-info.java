/** What people see: colour and lines that change in place on a terminal, plain lines everywhere else. */
package io.millrace.local.terminal;
