/** Which ids were seen lately, for any state that drops duplicates. For how long and how many is the user's to say. */
package io.millrace.logic.dedup;
