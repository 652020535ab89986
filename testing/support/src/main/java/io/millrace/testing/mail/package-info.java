/** An SMTP server that takes mail. */
package io.millrace.testing.mail;
