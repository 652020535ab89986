package io.millrace.logic.workflow.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Documents that are refused by the compiler itself, whoever brings them. */
class ProgramCompilerTest {
    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(JsonParser.Feature.ALLOW_SINGLE_QUOTES, JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();
    private static final Formulas ANY = (source, variables) -> (input, scope) -> input;

    private static JsonNode document(String rest) throws IOException {
        return LENIENT.readTree("{document: {name: 'w', namespace: 'n', version: '1.0.0'}, " + rest + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "do: 1                                                              | /do               | a list of steps is missing",
                "do: [{a: {set: 1}, b: {set: 2}}]                                   | /do/0             | must be one step: a name and what it does",
                "do: [1]                                                            | /do/0             | must be one step: a name and what it does",
                "do: [{a: {set: 1}}, {a: {set: 2}}]                                 | /do/1             | there is a step \"a\" already",
                "do: [{a: {}}]                                                      | /do/0/a           | says not what the step does: one of do, set, switch, for, fork, try, raise, wait, emit, listen, run, call",
                "do: [{a: {set: 1, wait: 'PT1S'}}]                                  | /do/0/a/wait      | wait is not supported in a step that has set",
                "do: [{a: {set: 1, then: 'b'}}]                                     | /do/0/a/then      | there is no step \"b\" beside it",
                "do: [{a: {switch: [{x: {then: 'b'}}]}}]                            | /do/0/a/switch    | there is no step \"b\" beside it",
                "do: [{a: {switch: 1}}]                                             | /do/0/a/switch    | must be a list of cases",
                "do: [{a: {call: 'http', with: {}}}]                                | /do/0/a/call      | call \"http\" is not supported; there are the functions agent and approval",
                "do: [{a: {call: 'agent', with: {agent: '${ .a }'}}}]               | /do/0/a/with/agent | must be the name of an agent, as a plain text",
                "do: [{a: {call: 'agent', with: {agent: 'x', retries: 1}}}]         | /do/0/a/with/retries | retries of a call of an agent is not supported",
                "do: [{a: {call: 'approval', with: {message: 'm', choices: ['x']}}}] | /do/0/a/with/choices | must be 2 to 10 different texts",
                "do: [{a: {call: 'approval', with: {message: 'm', quorum: 0}}}]     | /do/0/a/with/quorum | must be from 1 to 50",
                "do: [{a: {call: 'approval', with: {message: 'm', on_expiry: 'x'}}}] | /do/0/a/with/on_expiry | must be fail, or one of the choices",
                "do: [{a: {call: 'approval', with: {}}}]                            | /do/0/a/with/message | is missing",
                "do: [{a: {wait: 'P1Y'}}]                                           | /do/0/a/wait      | a duration is an object such as {\"seconds\": 5}, or ISO 8601 of days, hours, minutes and seconds such as \"PT5S\"",
                "do: [{a: {wait: {weeks: 1}}}]                                      | /do/0/a/wait      | a duration has days, hours, minutes, seconds and milliseconds, and nothing else",
                "do: [{a: {wait: {seconds: -1}}}]                                   | /do/0/a/wait      | seconds of a duration must be a whole number from 0",
                "do: [{a: {wait: {days: 99999999999}}}]                             | /do/0/a/wait      | a duration must be from 0 to 3660 days",
                "do: [{a: {set: 1, timeout: 'none'}}]                               | /do/0/a/timeout   | must be an object with after, or the name of one of use.timeouts",
                "do: [{a: {raise: {error: 'none'}}}]                                | /do/0/a/raise/error | must be an object with type and status, or the name of one of use.errors",
                "do: [{a: {try: [], catch: {retry: 'none'}}}]                       | /do/0/a/catch/retry | must be an object, or the name of one of use.retries",
                "do: [{a: {try: [], catch: {retry: {limit: {attempt: {count: -1}}}}}}] | /do/0/a/catch/retry/limit/attempt/count | must be a whole number from 0",
                "do: [{a: {try: []}}]                                               | /do/0/a           | catch is missing: what is done about errors",
                "do: [{a: {for: {each: 'x'}, do: []}}]                              | /do/0/a/for       | in is missing: what to go through",
                "do: [{a: {fork: {branches: [{b: {set: 1, metadata: {needs: ['c']}}}]}}}] | /do/0/a/fork/branches/0/b/metadata/needs | there is no branch \"c\"",
                "do: [{a: {fork: {branches: [{b: {set: 1, metadata: {needs: ['c']}}}, {c: {set: 1, metadata: {needs: ['b']}}}]}}}] | /do/0/a/fork/branches/0/b/metadata/needs | in /do/0/a/fork/branches branches wait for each other in a circle",
                "do: [{a: {fork: {compete: true, branches: [{b: {set: 1}}, {c: {set: 1, metadata: {needs: ['b']}}}]}}}] | /do/0/a/fork | branches that compete can't need each other",
                "do: [{a: {fork: {branches: [{b: {set: 1, then: 'c'}}, {c: {set: 1}}]}}}] | /do/0/a/fork/branches/0/b/then | a branch can't go on at another branch; use metadata.needs",
                "do: [{a: {run: {workflow: {name: 'x', namespace: 'other'}}}}]      | /do/0/a/run/workflow/namespace | must be that of this document, n: names are a tenant's own",
                "do: [{a: {run: {workflow: {name: 'X!'}}}}]                         | /do/0/a/run/workflow/name | must be the name of a workflow: small letters, digits and '-'",
                "do: [{a: {run: {script: {}}}}]                                     | /do/0/a/run/script | script of run is not supported",
                "do: [{a: {listen: {to: {any: [{with: {type: 's'}}, {with: {type: 's'}}]}}}}] | /do/0/a/listen/to | must name at least one signal, and none twice",
                "do: [{a: {input: {schema: {document: {type: 1}}}, set: 1}}]        | /do/0/a/input/schema/document | schema: /type: 1 is not a valid type",
                "do: [], schedule: {}                                               | /schedule         | schedule of a workflow is not supported",
                "do: [], evaluate: {language: 'js'}                                 | /evaluate/language | expressions are written in jq, nothing else",
                "do: [], evaluate: {mode: 'loose'}                                  | /evaluate/mode    | expressions stand in ${}: the mode is strict",
                "do: [], use: {secrets: ['a']}                                      | /use/secrets      | secrets of use is not supported"
            })
    void whatCanNotBeRunIsRefusedByName(String rest, String pointer, String problem) throws IOException {
        try {
            ProgramCompiler.compile(document(rest), ANY);
        } catch (InvalidDefinitionException e) {
            if (problem.startsWith("schema: ")) {
                assertThat(e.getMessage()).startsWith("schema: ");
            } else {
                assertThat(e.getMessage()).isEqualTo(problem);
            }
            assertThat(e.pointer()).isEqualTo(pointer);
            return;
        }
        throw new AssertionError("it was taken: " + rest);
    }

    @Test
    void aProgramKnowsItsStepsAndItsAgents() throws Exception {
        Program program = ProgramCompiler.compile(
                document(
                        "do: [{'a/b': {do: [{c: {call: 'agent', with: {agent: 'x'}}}]}}, {d: {call: 'agent', with: {agent: 'w'}}}]"),
                ANY);
        assertThat(program.agents()).containsExactly("w", "x");
        assertThat(program.steps()).containsOnlyKeys("", "/do/0/a~1b", "/do/0/a~1b/do/0/c", "/do/1/d");
    }
}
