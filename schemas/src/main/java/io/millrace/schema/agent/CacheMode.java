package io.millrace.schema.agent;

/** What a caller wants of kept answers. Order is part of the binary encoding: append only. */
public enum CacheMode {
    /** A kept answer, or that of an identical call in flight, will do. */
    USE,
    /** Not a kept answer; the new one is kept. */
    REFRESH,
    /** Neither take nor keep. */
    OFF
}
