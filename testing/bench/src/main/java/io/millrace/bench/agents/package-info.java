/** The agents job under load: calls in flight, what the platform adds to a call, and answers from its cache. */
package io.millrace.bench.agents;
