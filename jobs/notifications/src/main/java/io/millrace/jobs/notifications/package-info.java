/** The notifications job: reads what people are to be told of, asks agents to tell them, and writes down what became of it. */
package io.millrace.jobs.notifications;
