/** Roll-outs of flags: how they are defined and commanded, what services tell of their health, and what comes of it. */
package io.millrace.schema.rollout;
