/** An HTTP server that takes what is posted. */
package io.millrace.testing.http;
