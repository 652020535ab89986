package io.millrace.local.cli;

import io.millrace.local.agent.Agents;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryWriter;
import io.millrace.schema.wire.VisibleText;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Show the whole definition of an agent.")
final class AgentsShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME")
    private String name;

    @Option(names = "--json", description = "Print its registration, defaults filled in; agents register takes it.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        AgentRegistryEvent agent = find(Agents.read(kafka.connect()), name);
        if (json) {
            System.out.println(new String(AgentRegistryWriter.write(agent), StandardCharsets.UTF_8));
            return 0;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        terminal.println(terminal.bold(agent.agent()) + "  version "
                + VisibleText.of(agent.definition().version()));
        AgentText.details(agent).forEach(terminal::println);
        return 0;
    }

    /** @throws CommandFailure when there is none of that name; the message lists those there are */
    static AgentRegistryEvent find(Agents agents, String name) {
        return agents.find(name)
                .orElseThrow(() -> new CommandFailure("no agent '" + name + "' is registered; there are: "
                        + (agents.names().isEmpty() ? "none" : String.join(", ", agents.names()))));
    }
}
