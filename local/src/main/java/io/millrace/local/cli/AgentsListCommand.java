package io.millrace.local.cli;

import io.millrace.local.agent.Agents;
import io.millrace.local.terminal.Terminal;
import io.millrace.schema.agent.AgentRegistryEvent;
import io.millrace.schema.agent.AgentRegistryWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List the agents that are registered.")
final class AgentsListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print a JSON array of the registrations, defaults filled in.")
    private boolean json;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        Collection<AgentRegistryEvent> agents = Agents.read(kafka.connect()).all();
        if (json) {
            System.out.println(agents.stream()
                    .map(agent -> new String(AgentRegistryWriter.write(agent), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(",\n", "[", "]")));
            return 0;
        }
        if (agents.isEmpty()) {
            System.out.println("no agent is registered; ./millrace agents register FILE registers one");
            return 0;
        }
        Terminal terminal = Terminal.ofProcess(System.out);
        AgentText.table(agents).forEach(terminal::println);
        return 0;
    }
}
