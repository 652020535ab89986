/** How people want to be told of things, what they are told of, and what became of it. */
package io.millrace.schema.notification;
