/**
 * Requests and replies: what a route is, how one is found and asked, and what is refused before. A route is declared once;
 * its handler, its place in the OpenAPI document and the tests of who may ask it follow from that. Nothing is known here of
 * tasks or runs.
 */
package io.millrace.gateway.http;
