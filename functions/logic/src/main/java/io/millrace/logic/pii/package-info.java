/**
 * Personal data in texts and JSON documents, and the tokens that stand in place of it. Knows no events and no topics:
 * what is free text, and what is safe, the caller says.
 */
package io.millrace.logic.pii;
