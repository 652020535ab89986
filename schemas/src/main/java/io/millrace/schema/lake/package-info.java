/** How rows of the lake's tables are declared: a table follows from a record. Tables themselves are a connector's. */
package io.millrace.schema.lake;
