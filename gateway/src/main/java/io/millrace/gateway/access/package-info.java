/** Who calls, and what they may: nobody in particular, holders of keys, or whom an identity provider vouches for. */
package io.millrace.gateway.access;
