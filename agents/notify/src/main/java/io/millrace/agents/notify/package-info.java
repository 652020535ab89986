/** Agents that tell people of things: by webhooks, mail and Slack. Whether and when somebody is told is decided elsewhere. */
package io.millrace.agents.notify;
