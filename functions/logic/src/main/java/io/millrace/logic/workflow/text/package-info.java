/**
 * From the text of a workflow, YAML or JSON, to a program that can be run, or to problems with line, column, pointer and
 * reason. {@code WorkflowReader} is where to begin. What a program is, and what of the language is supported, stands in
 * {@code program}.
 */
package io.millrace.logic.workflow.text;
