/** What commands do with workflows: publish definitions, tell runs what to do, see how they are. */
package io.millrace.local.workflow;
