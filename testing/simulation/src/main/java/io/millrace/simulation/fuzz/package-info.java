/**
 * Malformed input at scale: what {@link io.millrace.testing.fuzz.EventFuzzer} makes, given to the real reader and
 * decisions in this process, and to the real job. Each input is accepted or refused with a code, and nothing throws,
 * hangs or swells.
 */
package io.millrace.simulation.fuzz;
