/** The gateway as a program: how it is set up and what it is put together of. */
package io.millrace.gateway;
