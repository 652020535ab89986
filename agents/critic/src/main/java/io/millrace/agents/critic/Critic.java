package io.millrace.agents.critic;

import io.millrace.connectors.agents.java.AgentResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Rules, the classifier and checks put together. Per class the scores of the strongest rule, a second rule that is a hint, and the
 * classifier are joined as independent witnesses are: {@code 1 - (1 - a)(1 - b)…}; a class of {@value #REFUSED} or more refuses.
 * Thread-safe.
 */
final class Critic implements AutoCloseable {
    static final double REFUSED = 0.5;

    /** Probabilities from which on the classifier refuses alone: what costs little, and what is hidden in what we publish. */
    static final double UNLIKELY_MESSAGE = 0.45;

    private static final double UNLIKELY_SENTENCE = 0.75;

    /** So many readings are classified; rules see all. */
    private static final int CLASSIFIED = 3;

    /** What one kind of rule says of a document is the same crime. */
    private static final Set<CriticClass> OF_DOCUMENTS =
            EnumSet.of(CriticClass.PROMPT_INJECTION, CriticClass.JAILBREAK, CriticClass.INDIRECT_INJECTION);

    private final Rules rules = new Rules(AgentResource.lines(Critic.class, "rules.tsv"));
    private final Classifier classifier = new Classifier(
            new Features(new Meanings(AgentResource.lines(Critic.class, "meanings.tsv"))), Classifier.shipped());
    private final Replies replies = new Replies(rules);

    /** What is to be said against the text, the gravest first; only classes that refuse. */
    List<Finding> of(CriticInput input, String text) {
        List<Finding> findings =
                switch (input.direction()) {
                    case IN -> incoming(text);
                    case RETRIEVED -> retrieved(text);
                    case OUT -> replies.of(input, text);
                };
        return joined(findings);
    }

    private List<Finding> incoming(String text) {
        List<String> readings = Folding.readings(text);
        List<Finding> findings = matches(readings, CriticClass.IN);
        strongest(readings, reading -> classifier.incoming(reading, UNLIKELY_MESSAGE))
                .ifPresent(findings::add);
        return findings;
    }

    private List<Finding> retrieved(String text) {
        List<Finding> findings = new ArrayList<>();
        List<String> readings = Folding.readings(text);
        for (Finding match : matches(readings, OF_DOCUMENTS)) {
            findings.add(new Finding(CriticClass.INDIRECT_INJECTION, match.score(), match.layer(), match.rule()));
        }
        strongest(readings, reading -> classifier.retrieved(reading, UNLIKELY_SENTENCE))
                .ifPresent(findings::add);
        return findings;
    }

    /** Two readings of one text are no two witnesses. */
    private static Optional<Finding> strongest(List<String> readings, Function<String, Optional<Finding>> classified) {
        return readings.stream()
                .limit(CLASSIFIED)
                .map(classified)
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(Finding::score));
    }

    private List<Finding> matches(List<String> readings, Set<CriticClass> classes) {
        List<Finding> findings = new ArrayList<>();
        rules.matching(readings, classes)
                .forEach(rule -> findings.add(new Finding(rule.of(), rule.score(), "rules", rule.id())));
        return findings;
    }

    static List<Finding> joined(List<Finding> findings) {
        Map<CriticClass, Finding> classes = new EnumMap<>(CriticClass.class);
        findings.stream()
                .sorted(Comparator.comparingDouble((Finding finding) -> -finding.score()))
                .forEach(finding -> classes.merge(finding.of(), finding, Critic::join));
        return classes.values().stream()
                .filter(finding -> finding.score() >= REFUSED)
                .sorted(Comparator.comparingDouble((Finding finding) -> -finding.score()))
                .toList();
    }

    /** The stronger one gives its name. */
    private static Finding join(Finding strong, Finding weak) {
        double score = 1 - (1 - strong.score()) * (1 - weak.score());
        return new Finding(strong.of(), Math.min(score, 0.99), strong.layer(), strong.rule());
    }

    @Override
    public void close() {
        classifier.close();
    }
}
