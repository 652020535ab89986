package io.millrace.chaos.workload;

import io.millrace.auditor.OffenceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a judge finds, while it looks. */
public final class Offences {
    private static final int SHOWN = 10;

    private final Map<OffenceKind, Long> counts = new EnumMap<>(OffenceKind.class);
    private final List<String> lines = new ArrayList<>();

    public void add(OffenceKind kind, String what) {
        counts.merge(kind, 1L, Long::sum);
        lines.add(kind + " " + what);
    }

    /** How many there are of each kind; a kind without any is absent. */
    public Map<OffenceKind, Long> counts() {
        return counts;
    }

    /** For people, with the first of them. @param headline how much was looked at */
    public String text(String headline) {
        return headline + "; " + counts + "\n" + String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size())));
    }
}
