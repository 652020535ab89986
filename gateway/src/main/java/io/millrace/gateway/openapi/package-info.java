/** The OpenAPI document of the routes, and a page that shows it. */
package io.millrace.gateway.openapi;
