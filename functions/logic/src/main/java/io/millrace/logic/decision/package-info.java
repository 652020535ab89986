/** What every decision of the platform is: a function of a key's state, of what came, and of the time in the log. */
package io.millrace.logic.decision;
