package io.millrace.chaos.workload;

import java.util.Random;
import java.util.UUID;

/** What a seed decides. */
public final class Seeds {
    private Seeds() {}

    /** Seeds of neighbouring episodes are neighbouring numbers, which Java's generator would answer alike. */
    public static Random random(long seed) {
        long mixed = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return new Random(mixed ^ (mixed >>> 31));
    }

    public static UUID id(Random random) {
        return new UUID(random.nextLong() & ~0xF000L | 0x4000L, random.nextLong() >>> 2 | 0x8000_0000_0000_0000L);
    }
}
