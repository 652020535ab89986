/** Tests of the agents that answer from documents, on the documents of docs/examples/knowledge. */
package io.millrace.agents.knowledge;
