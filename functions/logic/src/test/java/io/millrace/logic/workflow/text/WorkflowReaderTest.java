package io.millrace.logic.workflow.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.workflow.program.JqFormulas;
import org.junit.jupiter.api.Test;

class WorkflowReaderTest {
    private static final String HEAD = "document: {dsl: '1.0.3', namespace: n, name: w, version: '1.0.0'}\n";
    private static final WorkflowReader READER = new WorkflowReader(new JqFormulas());

    private static String firstProblem(String text) {
        WorkflowReading reading = READER.read(text);
        assertThat(reading.isValid()).isEqualTo(reading.problems().isEmpty());
        return reading.isValid() ? "" : reading.problems().get(0).toString();
    }

    @Test
    void jsonAndYamlOfOneDocumentAreOneProgram() {
        String json =
                "{\"document\": {\"dsl\": \"1.0.3\", \"namespace\": \"n\", \"name\": \"w\", \"version\": \"1.0.0\"},\n"
                        + "\t\"do\": [{\"a\": {\"set\": {\"x\": \"${ .y + 1 }\"}}}]}";
        String yaml = HEAD + "do:\n- a:\n    set: {x: '${ .y + 1 }'}\n";
        assertThat(firstProblem(json)).isEmpty();
        assertThat(READER.read(json).program().document())
                .isEqualTo(READER.read(yaml).program().document());
    }

    @Test
    void jsonHasLinesAndColumnsToo() {
        assertThat(firstProblem("{\"document\": {},\n  \"document\": {}}"))
                .isEqualTo("line 2, column 3: \"document\" is there twice; the first is on line 1");
        assertThat(firstProblem("{\"document\": }")).startsWith("line 1, column 14: is no JSON: ");
        assertThat(firstProblem("{\"do\": []} {}")).isEqualTo("line 1, column 12: more than one document");
    }

    @Test
    void wordsOfYamlThatOnceWereBooleansAreTexts() {
        WorkflowReading reading =
                READER.read(HEAD + "do:\n- on:\n    set: {no: yes, date: 2026-11-30, octal: 010, off: 0x1F}\n");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.program().document().at("/do/0/on/set"))
                .hasToString("{\"no\":\"yes\",\"date\":\"2026-11-30\",\"octal\":10,\"off\":31}");
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        assertThat(firstProblem("a".repeat(WorkflowReader.MAX_LENGTH + 1)))
                .isEqualTo("line 1, column 1: more than 262144 characters");
    }

    @Test
    void noNestingOverflowsTheStack() {
        for (String open : new String[] {"[", "{a: ", "- ", "{\"a\": ", "? "}) {
            String text = open.repeat(WorkflowReader.MAX_LENGTH / open.length());
            assertThat(firstProblem(text)).as(open).isNotEmpty();
            assertThat(firstProblem(text.substring(0, 3_000))).as(open).isNotEmpty();
        }
        StringBuilder steps = new StringBuilder(HEAD + "do:\n");
        for (int i = 0; i < 45; i++) {
            steps.append("  ".repeat(i)).append("- s: {do: \n");
        }
        assertThat(firstProblem(steps.toString())).isNotEmpty();
        StringBuilder deep = new StringBuilder(HEAD + "do: ");
        for (int i = 0; i < 40; i++) {
            deep.append("[{s: {do: ");
        }
        deep.append("[]").append("}}]".repeat(40));
        assertThat(firstProblem(deep.toString())).contains("steps stand in each other");
    }

    @Test
    void aliasesAreRefusedBeforeTheyMultiply() {
        StringBuilder laughs = new StringBuilder("a: &a [lol, lol]\n");
        for (char c = 'b'; c < 'l'; c++) {
            laughs.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [*")
                    .append((char) (c - 1))
                    .append("]\n");
        }
        assertThat(firstProblem(laughs.toString()))
                .isEqualTo("line 1, column 4: anchors and aliases (&a, *a) are not supported");
    }

    @Test
    void longTextsWhereShortOnesAreExpectedAreRefusedAndNotSearched() {
        String version = "1.0.0-" + "a.".repeat(100_000) + "a";
        assertThat(firstProblem(HEAD.replace("'1.0.0'", "'" + version + "'") + "do:\n- a: {set: {x: 1}}\n"))
                .isEqualTo("line 1, column 49 /document/version: must be a version such as 1.0.0");
        String type = "a:b".repeat(60_000);
        assertThat(firstProblem(HEAD + "do:\n- a: {raise: {error: {status: 500, type: '" + type + "'}}}\n"))
                .isEmpty();
    }

    @Test
    void noMoreProblemsAreSaidThanAnybodyReads() {
        StringBuilder text = new StringBuilder(HEAD + "do:\n");
        for (int i = 0; i < 200; i++) {
            text.append("- s").append(i).append(": {set: {x: '${ foo }'}, then: nowhere}\n");
        }
        assertThat(READER.read(text.toString()).problems()).hasSize(50);
    }

    @Test
    void whatIsSaidIsShortWhateverNamesAre() {
        String name = "s".repeat(100_000);
        for (String text : new String[] {
            HEAD + "do:\n- a: {set: {x: 1}, then: " + name + "}\n",
            HEAD + "do:\n- ? " + name + "\n  : {set: {x: '${ foo }'}}\n",
            HEAD + "do:\n- a: {? " + name + "\n  : 1}\n",
            HEAD + "do:\n- a: {set: {x: '${ " + name.substring(0, 30_000) + " }'}}\n"
        }) {
            assertThat(firstProblem(text)).isNotEmpty().hasSizeLessThan(1_200);
        }
    }

    @Test
    void anythingIsAnswered() {
        for (String text : new String[] {
            "",
            " ",
            "\n",
            "a",
            "1",
            "[]",
            "{}",
            "---",
            "--- a\n--- b",
            "\t",
            "\u0000",
            "%",
            "&",
            "*a",
            "!!set {a}",
            "? [a]\n: b",
            "{[a]: b}",
            "\ud800",
            "a: b: c",
            "- - -",
            "\"",
            "'",
            "|",
            ">",
            "do: {}",
            "document: 1",
            "{\"a\":",
            "{\"a\": 1e999999}",
            "{\"a\": " + "9".repeat(5_000) + "}",
            "a: 1e999999",
            "a: .inf",
            "<<: {a: b}",
            "null: 1"
        }) {
            assertThat(firstProblem(text)).as(text).isNotEmpty();
        }
    }
}
