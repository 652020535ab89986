/** How people want to be told of things: what is on the topic, and how it is changed. */
package io.millrace.local.notification;
