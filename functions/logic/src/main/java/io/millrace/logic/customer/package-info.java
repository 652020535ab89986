/**
 * The conversations of a customer, so that what is known of the customer can be erased in all of them. Knows nothing of
 * what is said there.
 */
package io.millrace.logic.customer;
