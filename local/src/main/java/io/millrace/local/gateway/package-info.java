/** The gateway beside the platform: started as a process of its own, and ended with it. What it does is not known here. */
package io.millrace.local.gateway;
