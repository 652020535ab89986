/** What stops the platform, or parts of it, at once. Begin with {@link io.millrace.local.safety.Switches}. */
package io.millrace.local.safety;
