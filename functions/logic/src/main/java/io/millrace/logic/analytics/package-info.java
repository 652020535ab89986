/** What events count for, once each, and how that adds up to the rows of figures. */
package io.millrace.logic.analytics;
