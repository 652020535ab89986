/** The agents {@code language} and {@code intent}: in which language a customer writes, and what about. */
package io.millrace.agents.language;
