/**
 * A server that speaks the API of Azure OpenAI and of OpenAI, chat completions and embeddings, with its failures on
 * request. There is no model behind it: it answers by what the test says, and otherwise with what it was asked.
 */
package io.millrace.testing.llm;
