package io.millrace.local.workflow.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.local.cli.CommandRunner;
import io.millrace.local.workflow.WorkflowException;
import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RehearsalFileTest {
    private final CommandRunner commands = new CommandRunner();

    @TempDir
    private Path directory;

    private static Program program(String steps) throws Exception {
        return DefinitionReader.program(
                "document: {dsl: '1.0.3', namespace: test, name: test, version: '1.0.0'}\ndo:\n" + steps.indent(2));
    }

    private static RehearsalFile.Result play(String steps, String test) throws Exception {
        List<RehearsalFile.Result> results = RehearsalFile.play(program(steps), "t.yaml", test);
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static final String ASK =
            """
            - ask:
                call: agent
                with: {agent: writer, input: '${ . }'}
            """;

    @Test
    void repliesAreTakenInTheirOrderAndAsOftenAsTheySay() throws Exception {
        String loop =
                """
                - loop:
                    for: {each: n, in: '${ [1, 2, 3, 4] }'}
                    do:
                      - ask:
                          call: agent
                          with: {agent: writer, input: '${ {n: $n} }'}
                          output: {as: '${ $input + [.] }'}
                """;
        String test =
                """
                - name: replies
                  input: []
                  agents:
                    writer:
                      - {when: '${ .n == 4 }', output: four}
                      - {output: first, times: 1, after: PT2S}
                      - {output: first, times: 1}
                      - {output: other}
                  expect: {output: [first, first, other, four]}
                """;
        RehearsalFile.Result result = play(loop, test);
        assertThat(result.differences()).isEmpty();
        assertThat(result.calls()).isEqualTo(4);
        assertThat(result.took()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatIsNotAsExpectedIsSaidByItsPlace() throws Exception {
        RehearsalFile.Result result = play(
                ASK,
                """
                - name: different
                  input: {text: hello, lines: [1, 2]}
                  agents: {writer: {said: {text: hello, by: [a, b], count: 2.0}}}
                  expect:
                    output: {said: {text: bye, by: [a, c], count: 2, more: 1}}
                    calls: [writer, reader]
                    asked: {writer: {lines: [1]}, reader: {}}
                """);
        assertThat(result.differences())
                .containsExactly(
                        "output.said.text: is \"hello\", expected \"bye\"",
                        "output.said.by[1]: is \"b\", expected \"c\"",
                        "output.said.more: is missing, expected 1",
                        "calls: are [writer], expected [writer, reader]",
                        "asked.writer.lines: is [1,2], expected [1]",
                        "asked.reader: it was not called; called were [writer]");
    }

    @Test
    void aRunThatFailsWhereItShouldNotSaysWhy() throws Exception {
        RehearsalFile.Result result = play(
                ASK,
                "- {name: fails, agents: {writer: [{error: agent_failed, message: no ink}]}, expect: {output: 1}}");
        assertThat(result.differences()).hasSize(1);
        assertThat(result.differences().get(0))
                .startsWith("state: is failed, expected completed; ")
                .contains("communication", "no ink");
        assertThat(play(
                                ASK,
                                "- {name: fails, agents: {writer: [{error: agent_failed}]}, expect: {error: authorization}}")
                        .differences())
                .hasSize(1)
                .first()
                .asString()
                .contains("expected one with \"authorization\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: x, input: 7, expect: {}} | the agent writer is called, and no reply of the test fits its input 7",
                "{name: x, agents: {writer: [{when: '.n + 1', output: 1}, {when: 'error(\"no\")', output: 1}]}, input: [], expect: {}} | agents.writer.when:",
                "{name: x, approval_required: [writer], agents: {writer: 1}, expect: {}} | state: is failed, expected completed; https://serverlessworkflow.io/spec/1.0.0/errors/timeout, Timeout, the approval expired",
            })
    void whatTheTestDoesNotBringIsSaid(String test, String message) throws Exception {
        assertThat(play(ASK, "- " + test).differences())
                .singleElement()
                .asString()
                .startsWith(message);
    }

    @Test
    void signalsComeRunsThatAreStartedEndAndPeopleDecideAboutTheirSteps() throws Exception {
        String steps =
                """
                - both:
                    fork:
                      branches:
                        - heard: {listen: {to: {one: {with: {type: go}}}}}
                        - child: {run: {workflow: {namespace: test, name: other, version: '1.0.0', input: {a: 1}}}}
                        - first: {call: approval, with: {message: 'one?', choices: [yes please, no]}}
                        - second: {call: approval, with: {message: 'two?', choices: [yes please, no]}}
                """;
        String test =
                """
                given:
                  workflows: {other: {done: true}}
                tests:
                  - name: all
                    signals: [{name: go, data: {x: 1}, after: PT1M}]
                    people:
                      - {step: first, by: ann, choice: "yes please"}
                      - {step: second, by: ben, choice: "no", after: PT1H, comment: later, data: {until: 5}}
                    expect:
                      output: [[{x: 1}], {done: true}, {choice: yes please}, {choice: "no", decisions: [{by: ben, data: {until: 5}}]}]
                """;
        RehearsalFile.Result result = play(steps, test);
        assertThat(result.differences()).isEmpty();
        assertThat(result.took()).isEqualTo(Duration.ofHours(1));
        assertThat(play("- heard: {listen: {to: {one: {with: {type: go}}}}}", "[{name: silence, expect: {}}]")
                        .differences())
                .containsExactly("the run is waiting, and nothing in the test brings what it waits for");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                                   | t.yaml:1: must be a list of tests",
                "- {name: x, expect: {}`- 1                           | t.yaml:1:",
                "- {expect: {}}                                       | t.yaml:1: [0].name: missing",
                "- name: x`  expects: {}                              | t.yaml:2: [0].expects: there is no such field; there are: name",
                "- name: x`  expect:`    state: done                  | t.yaml:3: [0].expect.state: is \"done\"",
                "- name: x`  agents:`    w: [{error: odd}]            | t.yaml:3: [0].agents.w[0].error: is \"odd\"",
                "- name: x`  agents:`    w: [{}]                      | t.yaml:3: [0].agents.w[0]: must have either output or error",
                "- name: x`  agents:`    w: [{output: 1, after: 5s}]  | t.yaml:3: [0].agents.w[0].after: is \"5s\", must be a duration such as PT5M",
                "- name: x`  agents:`    w: [{output: 1, after: PT-5S}] | t.yaml:3: [0].agents.w[0].after: must not be negative",
                "- name: x`  agents:`    w: [{output: 1, times: 0}]   | t.yaml:3: [0].agents.w[0].times: must be a number from 1",
                "- name: x`  agents:`    w: [{output: 1, when: '(('}] | t.yaml:3: [0].agents.w[0].when:",
                "- name: x`  people: {by: ann}                        | t.yaml:2: [0].people: must be a list",
                "- name: x`  approval_required: [[]]                  | t.yaml:2: [0].approval_required[0]: must be a text",
                "- name: &a x`- name: *a                              | t.yaml:2: aliases (*) are not supported",
                "given: {agent: 1}`tests: [{name: x}]                 | t.yaml:1: given.agent: there is no such field",
            })
    void whatIsWrongWithTestsIsSaidWithLineAndField(String text, String message) {
        assertThatThrownBy(() -> RehearsalFile.read("t.yaml", text.replace('`', '\n')))
                .isInstanceOf(WorkflowException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"workflows/patch-approval", "conversations/customer-turn"})
    void theExamplesComeToWhatTheirTestsSay(String example) {
        assertThat(commands.run("workflow", "test", "../docs/examples/" + example + ".yaml"))
                .as(commands.out())
                .isZero();
        assertThat(commands.out()).contains("as expected");
    }

    @Test
    void theCommandSaysWhichTestsFailAndWhereNoneAre() throws IOException {
        Path workflow =
                Files.copy(Path.of("../docs/examples/workflows/patch-approval.yaml"), directory.resolve("patch.yaml"));
        assertThat(commands.run("workflow", "test", workflow.toString())).isEqualTo(1);
        assertThat(commands.err()).contains("there are no tests").contains("patch.tests.yaml");

        Files.writeString(
                directory.resolve("patch.tests.yaml"),
                "- {name: odd, input: {}, agents: {summariser: [{error: unreachable}]}, expect: {output: 1}}");
        assertThat(commands.run("workflow", "test", workflow.toString())).isEqualTo(1);
        assertThat(commands.out())
                .contains("failed  odd  (1 call)")
                .contains("state: is failed, expected completed")
                .contains("1 of 1 not as expected");
    }
}
