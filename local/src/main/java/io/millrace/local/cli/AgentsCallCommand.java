package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.local.agent.AgentCaller;
import io.millrace.local.agent.Agents;
import io.millrace.local.agent.CallAnswer;
import io.millrace.local.agent.CallForm;
import io.millrace.local.terminal.Figures;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentCallReader;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.AgentResult.Status;
import io.millrace.schema.agent.CacheMode;
import io.millrace.schema.wire.VisibleText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        description = {
            "Call an agent, wait for the result and print it. Exit status 0 when there is an answer, or the definition allows "
                    + "that there is none.",
            "The call goes on when this command ends early; with its key the result is found later."
        })
final class AgentsCallCommand implements Callable<Integer> {

    /** How much longer than the call's own deadline its result may take. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration READING_LIMIT = Duration.ofSeconds(60);
    private static final Set<Status> DONE = EnumSet.of(Status.OK, Status.DEGRADED, Status.SKIPPED);

    @Parameters(paramLabel = "NAME", description = "The agent.")
    private String agent;

    @ArgGroup
    private Input input;

    private static final class Input {
        @Option(names = "--input", paramLabel = "JSON", description = "The input; default: null.")
        private String text;

        @Option(names = "--input-file", paramLabel = "FILE", description = "The input; -, for standard input.")
        private String file;
    }

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The idempotency key. When that call was answered already, its result is printed; default: new.")
    private String key;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationText.class,
            description = "When nobody waits for it any longer, such as 5min; default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Option(names = "--tenant", paramLabel = "T", defaultValue = "default", description = "Who pays for it.")
    private String tenant;

    @Option(
            names = "--cache",
            paramLabel = "MODE",
            defaultValue = "use",
            description = "Whether a kept answer will do: use, refresh or off; default: ${DEFAULT-VALUE}.")
    private CacheMode cache;

    @ArgGroup(exclusive = false)
    private ApprovalOptions approval;

    @Option(names = "--no-wait", description = "Publish the call and print its key only.")
    private boolean noWait;

    @Option(names = "--json", description = "Print the result as it was published.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        AgentCall call = form().call();
        AgentCaller caller = new AgentCaller(kafka.connect());
        Optional<CallAnswer> earlier = key == null ? Optional.empty() : caller.earlier(call, READING_LIMIT);
        if (earlier.isPresent()) {
            return print(call, earlier.get(), true);
        }
        if (noWait) {
            caller.publish(call);
            System.out.println(json ? keyJson(call).toString() : "published " + VisibleText.of(call.callKey()));
            return 0;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        if (terminal.isInteractive()) {
            terminal.live("waiting for " + agent + " …");
        }
        Duration limit = timeout.plus(GRACE);
        CallAnswer answer = caller.ask(call, limit)
                .orElseThrow(() -> new CommandFailure("no result of the call " + call.callKey() + " within "
                        + Figures.time(limit)
                        + "; is the job running? ./millrace status tells. Its result will be found with: "
                        + "./millrace agents call " + agent + " --key " + call.callKey()));
        if (terminal.isInteractive()) {
            terminal.clear();
        }
        return print(call, answer, false);
    }

    private CallForm form() throws IOException {
        String text = input == null ? "null" : input.text;
        String name = "--input";
        if (text == null) {
            GivenFile given = GivenFile.read(input.file, AgentCallReader.MAX_BYTES);
            name = given.name();
            text = given.text();
        }
        String callKey = key == null ? UUID.randomUUID().toString() : key;
        CallForm form = new CallForm(tenant, callKey, agent, text, name, timeout, cache, null);
        return approval == null ? form : approval.approve(form, this::definition);
    }

    private AgentDefinition definition() {
        return AgentsShowCommand.find(Agents.read(kafka.connect()), agent).definition();
    }

    private int print(AgentCall call, CallAnswer answer, boolean earlier) {
        if (answer.rejection() != null) {
            if (json) {
                ObjectNode out = keyJson(call);
                out.putObject("error")
                        .put("code", answer.rejection().code())
                        .put("message", answer.rejection().message());
                System.out.println(out);
            } else {
                System.err.println("millrace: the job refused the call: "
                        + VisibleText.of(answer.rejection().toString()));
            }
            return 1;
        }
        if (json) {
            System.out.println(VisibleText.of(new String(answer.json(), StandardCharsets.UTF_8)));
        } else {
            Terminal terminal = Terminal.ofProcess(System.out);
            if (earlier) {
                terminal.println("answered already, " + Figures.time(age(answer)) + " ago");
            }
            ResultText.lines(answer.result(), terminal).forEach(terminal::println);
        }
        return DONE.contains(answer.result().status()) ? 0 : 1;
    }

    private static Duration age(CallAnswer answer) {
        return Duration.ofMillis(
                Math.max(0, System.currentTimeMillis() - answer.result().occurredAt()));
    }

    private static ObjectNode keyJson(AgentCall call) {
        return JsonNodeFactory.instance.objectNode().put("call_key", call.callKey());
    }
}
