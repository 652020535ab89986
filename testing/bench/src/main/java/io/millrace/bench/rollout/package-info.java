/** Roll-outs of flags, measured. */
package io.millrace.bench.rollout;
