/** Processes that tests start, pause and kill; what runs in them is the business of the packages beside this one. */
package io.millrace.testing.process;
