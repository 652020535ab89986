/**
 * The Model Context Protocol over HTTP, without sessions: routes as tools and resources, with the rights of their roles.
 * Tools call the handlers of routes, so that nothing can be done here that can't be done there.
 */
package io.millrace.gateway.mcp;
