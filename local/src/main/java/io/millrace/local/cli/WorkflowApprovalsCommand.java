package io.millrace.local.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workflow.Runs;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "approvals", description = "List what waits for somebody's approval, the longest first.")
final class WorkflowApprovalsCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() {
        List<Runs.Asked> asked = Runs.read(kafka.connect(), tenant.name()).asked();
        Terminal terminal = Terminal.ofProcess(System.out);
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            asked.forEach(one -> array.addObject()
                    .put("run_id", one.run().runId())
                    .put("workflow", one.run().workflow())
                    .put("version", one.run().version())
                    .put("request_id", one.waiting().token())
                    .put("step", one.waiting().step())
                    .put("message", one.waiting().name())
                    .put("since", String.valueOf(one.waiting().since()))
                    .put(
                            "until",
                            one.waiting().until() == null
                                    ? null
                                    : String.valueOf(one.waiting().until())));
            terminal.println(array.toString());
        } else if (asked.isEmpty()) {
            terminal.println("nothing waits for an approval");
        } else {
            RunText.asked(asked, Instant.now()).forEach(terminal::println);
            terminal.println("./millrace workflow approve RUN, or reject RUN, decides");
        }
        return 0;
    }
}
