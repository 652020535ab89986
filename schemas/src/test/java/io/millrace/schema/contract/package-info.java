/**
 * The published contract against itself: JSON Schemas, examples, the AsyncAPI document and the pages of docs/, and the
 * readers and writers that have to keep to them. Tests of a single class are in that class's package.
 */
package io.millrace.schema.contract;
