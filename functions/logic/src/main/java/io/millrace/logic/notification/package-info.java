/** Whether, when and where somebody is told of something, and what is remembered for that. Not how it is sent. */
package io.millrace.logic.notification;
