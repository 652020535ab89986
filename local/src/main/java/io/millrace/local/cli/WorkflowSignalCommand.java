package io.millrace.local.cli;

import io.millrace.local.topic.KafkaConnection;
import io.millrace.local.workflow.RunWatch;
import io.millrace.schema.wire.Topics;
import io.millrace.schema.wire.VisibleText;
import io.millrace.schema.workflow.WorkflowSignal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "signal", description = "Tell a run something that it waits for, or will.")
final class WorkflowSignalCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RUN", description = "Its id.")
    private String runId;

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the signal.")
    private String name;

    @Option(names = "--data", paramLabel = "JSON|@FILE", description = "What comes with it; default: null.")
    private String data;

    @Mixin
    private TenantOption tenant;

    @Mixin
    private KafkaOption kafka;

    @Override
    public Integer call() throws IOException {
        WorkflowSignal signal = new WorkflowSignal(
                RunEvents.envelope("workflow.signal", tenant.name()), runId, name, GivenJson.read("--data", data));
        KafkaConnection connection = kafka.connect();
        WorkflowShowCommand.find(connection, tenant.name(), runId);
        try (RunWatch watch = new RunWatch(connection, tenant.name(), runId)) {
            watch.tell(Topics.WORKFLOW_COMMANDS, signal.toJson());
        }
        System.out.println("told " + VisibleText.of(runId + " " + name));
        return 0;
    }
}
