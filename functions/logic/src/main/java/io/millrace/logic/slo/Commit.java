package io.millrace.logic.slo;

/**
 * That a group had come further in a partition, or back.
 *
 * @param at log time of the first sample that showed it, milliseconds since the epoch
 * @param offset the next one to be read
 * @param end of the log, then
 * @param lag how many records were unread
 * @param lateMs how old the first of them was, milliseconds
 * @param quietMs for how long before there had been something to read and no commit, milliseconds; -1 when unknown
 */
public record Commit(long at, long offset, long end, long lag, long lateMs, long quietMs) {}
