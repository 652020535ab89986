/** The chart's manifests: rendered, checked, compared. What talks to a platform that runs is in {@code smoke}. */
package io.millrace.deploy;
