/** Files of whoever runs the gateway: read again when they change, and what is wrong with them said by line and field. */
package io.millrace.gateway.file;
