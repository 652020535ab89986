package io.millrace.logic.pii;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well personal data is found. A span is right when it is of the labelled kind and overlaps with it by half of both
 * together at least. What no span covers, of whatever kind, is left in the clear.
 */
final class Quality {
    static final class Score {
        int labelled;
        int found;
        int right;
        long characters;
        long clear;

        double precision() {
            return found == 0 ? 1 : (double) right / found;
        }

        double recall() {
            return labelled == 0 ? 1 : (double) right / labelled;
        }

        double f1() {
            return right == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
        }
    }

    private final Map<PiiType, Score> scores = new EnumMap<>(PiiType.class);
    private final List<String> mistakes = new ArrayList<>();

    static Quality of(List<Labelled> texts) {
        Quality quality = new Quality();
        for (PiiType type : PiiType.values()) {
            quality.scores.put(type, new Score());
        }
        texts.forEach(quality::add);
        return quality;
    }

    private void add(Labelled labelled) {
        List<PiiSpan> found = PiiTokenizer.find(labelled.text());
        found.forEach(span -> scores.get(span.type()).found++);
        for (PiiSpan label : labelled.spans()) {
            Score score = scores.get(label.type());
            score.labelled++;
            score.characters += label.end() - label.start();
            score.clear += uncovered(label, found);
            if (found.stream().anyMatch(span -> isRight(span, label))) {
                score.right++;
            } else {
                mistakes.add("missed " + shown(label, labelled));
            }
        }
        for (PiiSpan span : found) {
            if (labelled.spans().stream().noneMatch(label -> isRight(span, label))) {
                mistakes.add("wrong  " + shown(span, labelled));
            }
        }
    }

    private static boolean isRight(PiiSpan span, PiiSpan label) {
        int both = Math.min(span.end(), label.end()) - Math.max(span.start(), label.start());
        int either = Math.max(span.end(), label.end()) - Math.min(span.start(), label.start());
        return span.type() == label.type() && 2 * both >= either;
    }

    private static int uncovered(PiiSpan label, List<PiiSpan> found) {
        int clear = label.end() - label.start();
        for (PiiSpan span : found) {
            clear -= Math.max(0, Math.min(span.end(), label.end()) - Math.max(span.start(), label.start()));
        }
        return clear;
    }

    private static String shown(PiiSpan span, Labelled labelled) {
        return span.type() + " <" + labelled.text().substring(span.start(), span.end()) + "> in " + labelled.language()
                + ": " + labelled.text().replace("\n", "\\n");
    }

    Score of(PiiType type) {
        return scores.get(type);
    }

    List<String> mistakes() {
        return mistakes;
    }

    String markdown() {
        StringBuilder table = new StringBuilder(
                "| kind | labelled | precision | recall | F1 | left in the clear |\n|---|--:|--:|--:|--:|--:|\n");
        scores.forEach((type, score) -> table.append(row(type, score)));
        return table.toString();
    }

    private static String row(PiiType type, Score score) {
        if (score.labelled == 0 && score.found == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.3f | %.3f | %.3f | %.1f %% |\n",
                type,
                score.labelled,
                score.precision(),
                score.recall(),
                score.f1(),
                score.characters == 0 ? 0 : 100.0 * score.clear / score.characters);
    }
}
