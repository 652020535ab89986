package io.millrace.chaos.workflow;

import io.millrace.logic.workflow.bind.DefinitionReader;
import io.millrace.logic.workflow.program.Program;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.workflow.WorkflowDefined;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The workflows of the crash runs: each races something against something else, and ends by itself. */
final class Shapes {
    static final String VERSION = "1.0.0";
    /** Answers, sometimes late and sometimes twice. */
    static final String STEADY = "steady";
    /** Fails about half of its calls. */
    static final String MOODY = "moody";

    static final String SIGNAL = "go";
    static final String CHILD = "chain";
    /** Fails when its agent does, so that it can be tried again by hand. */
    static final String FRAGILE = "fragile";

    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        // A wait between calls, and answers that come after their timeout.
        STEPS.put(
                CHILD,
                """
                  - first:
                      call: agent
                      with: {agent: steady, input: {n: '${ .n }', step: 1}}
                      timeout: {after: {milliseconds: 1500}}
                  - pause:
                      wait: {milliseconds: 400}
                  - tell:
                      emit: {event: {with: {type: io.millrace.chaos.step, source: 'https://millrace.io/chaos', data: {n: '${ .n }'}}}}
                  - second:
                      call: agent
                      with: {agent: steady, input: {n: '${ .n }', step: 2}}
                """);
        // Votes against the expiry.
        STEPS.put(
                "asking",
                """
                  - ask:
                      call: approval
                      with:
                        message: ${ "Release \\(.n)?" }
                        approvers: [ada, bob]
                        quorum: 2
                        expires_after: {seconds: 2}
                        on_expiry: reject
                  - act:
                      if: ${ .approved }
                      call: agent
                      with: {agent: steady, input: {released: '${ .choice }'}}
                """);
        // Attempts after a delay, then something else.
        STEPS.put(
                "stubborn",
                """
                  - work:
                      try:
                        - attempt:
                            call: agent
                            with: {agent: moody, input: {n: '${ .n }'}}
                      catch:
                        retry:
                          delay: {milliseconds: 200}
                          backoff: {exponential: {}}
                          limit: {attempt: {count: 3}}
                        do:
                          - instead:
                              call: agent
                              with: {agent: steady, input: {instead: true}}
                """);
        // A signal against a timeout.
        STEPS.put(
                "listening",
                """
                  - hear:
                      try:
                        - wait:
                            listen: {to: {one: {with: {type: go}}}}
                            timeout: {after: {seconds: 2}}
                      catch:
                        do:
                          - unheard:
                              set: {heard: false}
                  - say:
                      call: agent
                      with: {agent: steady, input: {heard: '${ . }'}}
                """);
        // An agent against a clock, then branches that wait for each other.
        STEPS.put(
                "racing",
                """
                  - race:
                      fork:
                        compete: true
                        branches:
                          - agent:
                              call: agent
                              with: {agent: steady, input: {n: '${ .n }'}}
                          - clock:
                              wait: {milliseconds: 150}
                  - graph:
                      fork:
                        branches:
                          - left:
                              call: agent
                              with: {agent: steady, input: {side: left}}
                          - right:
                              wait: {milliseconds: 250}
                          - both:
                              metadata: {needs: [left, right]}
                              call: agent
                              with: {agent: steady, input: {side: both}}
                """);
        STEPS.put(
                "looping",
                """
                  - rounds:
                      for: {each: round, in: '${ [range(3)] }'}
                      do:
                        - call:
                            call: agent
                            with: {agent: steady, input: {n: 1, round: '${ $round }'}}
                """);
        STEPS.put(
                FRAGILE,
                """
                  - work:
                      call: agent
                      with: {agent: moody, input: {n: '${ .n }'}}
                  - done:
                      call: agent
                      with: {agent: steady, input: {done: true}}
                """);
        STEPS.put(
                "parent",
                """
                  - child:
                      run: {workflow: {namespace: chaos, name: chain, version: 1.0.0, input: {n: '${ .n }'}}}
                  - after:
                      set: {child: '${ . }'}
                """);
    }

    private Shapes() {}

    static List<String> names() {
        return List.copyOf(STEPS.keySet());
    }

    static String text(String name) {
        return "document: {dsl: '1.0.3', namespace: chaos, name: " + name + ", version: " + VERSION + "}\ndo:\n"
                + STEPS.get(name);
    }

    /** What the digests of all of them stand for. */
    static Map<String, Program> programs() {
        Map<String, Program> programs = new TreeMap<>();
        for (String name : names()) {
            try {
                programs.put(WorkflowDefined.digestOf(text(name)), DefinitionReader.program(text(name)));
            } catch (RejectedEventException e) {
                throw new IllegalStateException(name + " can't be run", e);
            }
        }
        return programs;
    }
}
