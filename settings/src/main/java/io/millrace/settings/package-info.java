/** How every program of Millrace is told its settings. What they mean, each program says. */
package io.millrace.settings;
