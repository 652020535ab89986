/** What changes, told as it happens: server-sent events. */
package io.millrace.gateway.stream;
