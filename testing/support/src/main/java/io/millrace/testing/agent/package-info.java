/** What the agents job asks agents, for tests of theirs. */
package io.millrace.testing.agent;
