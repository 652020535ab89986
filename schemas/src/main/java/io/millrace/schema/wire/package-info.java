/**
 * What all events share on the wire: raw records with their source position, dead letters and their codes,
 * deterministic ids, the reading of dates and ids. Nothing here knows a particular kind of event.
 */
package io.millrace.schema.wire;
