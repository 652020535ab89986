/** What people are told of their tasks at a time of the day. */
package io.millrace.schema.digest;
