/** The documents that agents answer from. How they are cut, found and cited is in {@code agents/knowledge}. */
package io.millrace.schema.knowledge;
