/** Conversations with customers from the command line: what was said in one, how they are, and saying something in one. What
 * the commands are called and how it looks is in {@code cli}. */
package io.millrace.local.conversation;
