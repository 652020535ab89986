/**
 * Senders that know nothing of Millrace: who they are by their signatures, and what becomes of what they send, as a file
 * says. Makes events, and writes none.
 */
package io.millrace.gateway.hooks;
