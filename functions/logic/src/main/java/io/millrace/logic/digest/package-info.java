/** When a person is told of their tasks, and what. */
package io.millrace.logic.digest;
