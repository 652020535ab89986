/**
 * Conversations under faults: what customers and people of the desk do, who ends the runs of turns, and the judge, who
 * replays the inbox of all conversations in plain Java.
 */
package io.millrace.chaos.conversation;
