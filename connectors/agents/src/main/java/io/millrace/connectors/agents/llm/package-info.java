/** The transport {@code llm}: chat completions and embeddings of Azure OpenAI, and of services with OpenAI's API. */
package io.millrace.connectors.agents.llm;
