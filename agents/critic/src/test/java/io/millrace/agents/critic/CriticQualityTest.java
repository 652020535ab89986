package io.millrace.agents.critic;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.agents.critic.Classifier.Weights;
import io.millrace.agents.critic.CriticInput.Direction;
import io.millrace.agents.critic.Training.Labelled;
import io.millrace.testing.DocumentedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/critic.md says how much is refused that should be, and that should not be, of which texts that nothing was made for. */
class CriticQualityTest {
    private static final int FOLDS = 5;
    private static final double FLOOR = 0.75;
    private static final Critic CRITIC = new Critic();
    private static final String TOKEN = "TOKEN_3f0c1d2e-1111-8bbb-9ccc-0123456789ab";

    /** @param label a class, or a dash for harmless */
    record Case(String language, String label, CriticInput input) {
        boolean harmless() {
            return label.equals("-");
        }
    }

    @AfterAll
    static void close() {
        CRITIC.close();
    }

    private static Case of(Direction direction, String language, String label, String text, String support) {
        List<String> supportedBy = support == null ? null : List.of(support);
        return new Case(
                language,
                label,
                new CriticInput(direction, List.of(text), language, supportedBy, List.of("I am " + TOKEN)));
    }

    private static List<Case> cases(String name) {
        List<Case> cases = new ArrayList<>();
        switch (name) {
            case "out" -> Training.lines("out.tsv").forEach(f -> cases.add(of(Direction.OUT, f[0], f[1], f[2], f[3])));
            case "retrieved", "retrieved-unseen" -> {
                List<String[]> documents = Training.lines("documents.tsv");
                String sentences = name.equals("retrieved") ? "planted.tsv" : "planted-unseen.tsv";
                documents.forEach(f -> cases.add(of(Direction.RETRIEVED, f[0], "-", f[1], null)));
                for (String[] planted : Training.lines(sentences)) {
                    documents.stream()
                            .filter(document -> document[0].equals(planted[0]))
                            .limit(3)
                            .map(document -> document[1].replaceFirst("\\. ", ". " + planted[1] + " "))
                            .forEach(text ->
                                    cases.add(of(Direction.RETRIEVED, planted[0], "indirect_injection", text, null)));
                }
            }
            default -> Training.lines(name + ".tsv").forEach(f -> cases.add(of(Direction.IN, f[0], f[1], f[2], null)));
        }
        return cases;
    }

    private static boolean refused(Case one) {
        return !CRITIC.of(one.input(), one.input().texts().get(0)).isEmpty();
    }

    private static boolean refusedForIt(Case one) {
        return CRITIC.of(one.input(), one.input().texts().get(0)).stream()
                .anyMatch(finding -> finding.of().wireName().equals(one.label()));
    }

    private static double share(List<Case> cases, Predicate<Case> which, Predicate<Case> what) {
        List<Case> of = cases.stream().filter(which).toList();
        return of.isEmpty() ? 0 : (double) of.stream().filter(what).count() / of.size();
    }

    private static String table(List<Case> cases) {
        StringBuilder table =
                new StringBuilder("| class | language | texts | refused | for this class |\n|---|---|--:|--:|--:|\n");
        Map<String, List<Case>> rows = new TreeMap<>();
        for (Case one : cases) {
            String label = one.harmless() ? "~harmless" : one.label();
            rows.computeIfAbsent(label + " | " + one.language(), row -> new ArrayList<>())
                    .add(one);
        }
        rows.forEach((row, of) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.3f | %s |\n",
                row.replace("~", ""),
                of.size(),
                share(of, one -> true, CriticQualityTest::refused),
                of.get(0).harmless()
                        ? "–"
                        : String.format(
                                Locale.ROOT, "%.3f", share(of, one -> true, CriticQualityTest::refusedForIt)))));
        return table.toString();
    }

    /** The texts that are taken wrongly, for whoever reads why the test failed. */
    private static String mistakes(List<Case> cases) {
        StringBuilder mistakes = new StringBuilder();
        for (Case one : cases) {
            List<Finding> findings = CRITIC.of(one.input(), one.input().texts().get(0));
            if (findings.isEmpty() != one.harmless()) {
                mistakes.append(
                        String.join(" ", one.label(), one.input().texts().get(0), findings.toString(), "\n"));
            }
        }
        return mistakes.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in", "retrieved", "out"})
    void attacksAreRefusedAndHarmlessTextsPass(String name) throws IOException {
        List<Case> cases = cases(name);
        double recall = share(cases, one -> !one.harmless(), CriticQualityTest::refused);
        double falseAlarms = share(cases, Case::harmless, CriticQualityTest::refused);

        assertThat(DocumentedTable.of("docs/critic.md", name).staleness(table(cases), 0.05))
                .isEmpty();
        assertThat(recall).as("recall; %s", mistakes(cases)).isGreaterThanOrEqualTo(0.90);
        assertThat(falseAlarms).as("false alarms; %s", mistakes(cases)).isLessThanOrEqualTo(0.02);
    }

    /** Nothing was altered for these: see the dates in the document. */
    @ParameterizedTest
    @ValueSource(strings = {"unseen", "held-out", "retrieved-unseen"})
    void theDocumentSaysHowItIsWithTextsThatNothingWasMadeFor(String name) throws IOException {
        List<Case> cases = cases(name);
        double recall = share(cases, one -> !one.harmless(), CriticQualityTest::refused);
        double falseAlarms = share(cases, Case::harmless, CriticQualityTest::refused);
        Map<Boolean, Long> sizes = cases.stream().collect(partitioningBy(Case::harmless, counting()));

        assertThat(DocumentedTable.of("docs/critic.md", name + "-total")
                        .staleness(
                                String.format(
                                        Locale.ROOT,
                                        "| attacks | refused | harmless | refused |\n|--:|--:|--:|--:|\n| %d | %.3f | %d | %.3f |\n",
                                        sizes.get(false),
                                        recall,
                                        sizes.get(true),
                                        falseAlarms),
                                0.03))
                .isEmpty();
        assertThat(DocumentedTable.of("docs/critic.md", name).staleness(table(cases), 0.21))
                .isEmpty();
        assertThat(recall).as("recall").isGreaterThanOrEqualTo(FLOOR);
        assertThat(falseAlarms).as("false alarms").isLessThanOrEqualTo(0.07);
    }

    /** Those that say the same in three languages are in one fold: what is judged was not learnt from in any language. */
    @Test
    void theDocumentSaysHowItIsWhenOneFifthIsLeftOut() throws IOException {
        List<Labelled> texts = Training.texts();
        StringBuilder table = new StringBuilder("| | en | fr | es |\n|---|--:|--:|--:|\n");
        try (Classifier classifier = new Classifier(Training.features(), null)) {
            List<Features.Vector> vectors = Training.vectors(classifier, texts);
            double[] attack = new double[texts.size()];
            for (int fold = 0; fold < FOLDS; fold++) {
                int left = fold;
                List<Integer> learnt = IntStream.range(0, texts.size())
                        .filter(i -> texts.get(i).group() % FOLDS != left)
                        .boxed()
                        .toList();
                Weights weights = Training.train(
                        learnt.stream().map(texts::get).toList(),
                        learnt.stream().map(vectors::get).toList());
                for (int i = 0; i < attack.length; i++) {
                    if (texts.get(i).group() % FOLDS == fold) {
                        attack[i] = weights.guess(vectors.get(i)).attack();
                    }
                }
            }
            for (int output = 0; output < Classifier.OUTPUTS; output++) {
                String label = output == 0
                        ? "harmless"
                        : Classifier.CLASSES.get(output - 1).wireName();
                table.append("| ").append(label);
                for (String language : List.of("en", "fr", "es")) {
                    table.append(" | ").append(refusedOf(texts, attack, output, language));
                }
                table.append(" |\n");
            }
        }
        assertThat(DocumentedTable.of("docs/critic.md", "folds").staleness(table.toString(), 0.06))
                .isEmpty();
    }

    private static String refusedOf(List<Labelled> texts, double[] attack, int output, String language) {
        long all = 0;
        long refused = 0;
        for (int i = 0; i < attack.length; i++) {
            Labelled one = texts.get(i);
            if (one.output() == output && one.language().equals(language)) {
                all++;
                refused += attack[i] >= Critic.UNLIKELY_MESSAGE ? 1 : 0;
            }
        }
        return String.format(Locale.ROOT, "%.3f", (double) refused / all);
    }

    @Test
    void theWeightsWereLearntFromTheTextsThatAreThere() throws IOException {
        boolean stale = !Classifier.shipped().digest().equals(Training.digest());
        if (stale && Boolean.getBoolean("millrace.refresh")) {
            Training.learn();
            return;
        }
        assertThat(Classifier.shipped().digest())
                .as("labelled texts or meanings changed: learn again, as agents/critic/README.md says")
                .isEqualTo(Training.digest());
    }
}
