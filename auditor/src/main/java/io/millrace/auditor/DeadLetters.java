package io.millrace.auditor;

import io.millrace.schema.wire.ErrorCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the dead letters there are with those there must be. */
final class DeadLetters {
    /** Any code: the auditor doesn't say which of several faults is found first. */
    static final Set<String> ANY =
            Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName).collect(Collectors.toUnmodifiableSet());

    private final Map<Position, List<DeadLetter>> letters;
    private final Findings findings;
    private final Set<Position> looked = new HashSet<>();

    DeadLetters(Map<Position, List<DeadLetter>> letters, Findings findings) {
        this.letters = new HashMap<>(letters);
        this.findings = findings;
    }

    boolean has(Original event) {
        return letters.containsKey(event.position());
    }

    /** Whether there is one with that code. */
    boolean has(Original event, String code) {
        return has(event) && code.equals(letters.get(event.position()).get(0).code());
    }

    /**
     * There must be one.
     *
     * @param since log time from which it was due, epoch milliseconds
     */
    void expect(Original event, Set<String> codes, long since) {
        looked.add(event.position());
        List<DeadLetter> found = letters.get(event.position());
        if (found == null) {
            if (findings.isDue(since)) {
                String why = event.reason().isEmpty() ? codes.toString() : event.reason();
                findings.add(OffenceKind.DLQ, event.subject(), "no dead letter for " + event + ": " + why);
            }
            return;
        }
        for (DeadLetter letter : found) {
            if (!letter.fingerprint().equals(event.fingerprint())) {
                findings.add(OffenceKind.DLQ, event.subject(), letter + " differs from the original, " + event);
            }
            if (letter.code() == null || !codes.contains(letter.code())) {
                findings.add(OffenceKind.DLQ, event.subject(), letter + ", expected " + codes + " for " + event);
            }
        }
        for (DeadLetter letter : found.subList(1, found.size())) {
            findings.again(OffenceKind.DLQ, event.subject(), letter + " is there again, for " + event);
        }
    }

    /** There must be none. */
    void refuse(Original event) {
        looked.add(event.position());
        for (DeadLetter letter : letters.getOrDefault(event.position(), List.of())) {
            findings.add(OffenceKind.DLQ, event.subject(), letter + " for a good record, " + event);
        }
    }

    /**
     * Reports those for records that are not in the log.
     *
     * @param firstOffsets of the topic of events, by partition: what was there before them can't be judged
     */
    void unmatched(Map<Integer, Long> firstOffsets) {
        letters.forEach((position, found) -> {
            boolean readable = position.offset() >= firstOffsets.getOrDefault(position.partition(), 0L);
            if (readable && !looked.contains(position)) {
                found.forEach(letter ->
                        findings.add(OffenceKind.DLQ, "record " + position, letter + " for no record of the log"));
            }
        });
    }
}
