/** Which agents there are, and what of their answers is out of date. */
package io.millrace.logic.agent.registry;
