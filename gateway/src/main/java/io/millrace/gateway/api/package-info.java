/**
 * What can be asked and done: a class of routes for each thing. A write becomes an event, checked by the reader that the
 * job will read it with; a read is a question to the model within the caller's scope.
 */
package io.millrace.gateway.api;
