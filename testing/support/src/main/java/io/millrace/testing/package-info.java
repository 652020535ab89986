/** What tests of all modules use, whatever they test. Brokers, clusters and the auditor have packages of their own. */
package io.millrace.testing;
