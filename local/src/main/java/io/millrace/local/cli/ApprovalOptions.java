package io.millrace.local.cli;

import io.millrace.local.agent.CallForm;
import io.millrace.local.platform.JobSecrets;
import io.millrace.schema.agent.AgentDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How somebody who holds the key approves a call. */
final class ApprovalOptions {
    /** Far more than a key has. */
    private static final int MAX_KEY_BYTES = 64 * 1024;

    @Option(
            names = "--approve",
            paramLabel = "REQUEST_ID",
            required = true,
            description = "Approve the call; the id of the request is part of the proof.")
    private String requestId;

    @Option(names = "--approved-by", paramLabel = "WHO", required = true, description = "Who approves it.")
    private String approvedBy;

    @Option(
            names = "--approval-key",
            paramLabel = "FILE",
            description =
                    "The key that is shared with the job; default: approval.key in MILLRACE_DATA_DIR, else in data/.")
    private Path keyFile;

    @Option(
            names = "--approval-expires",
            paramLabel = "DURATION",
            converter = DurationText.class,
            description = "For how long the proof holds; default: 10min.")
    private Duration expiresAfter = Duration.ofMinutes(10);

    /** @param definition finds that of the agent */
    CallForm approve(CallForm form, Supplier<AgentDefinition> definition) throws IOException {
        Path file = keyFile == null ? Home.dataDirectory(null).resolve(JobSecrets.APPROVAL_KEY) : keyFile;
        byte[] key = GivenFile.read(file.toString(), MAX_KEY_BYTES).bytes();
        return form.approved(
                definition.get(), requestId, approvedBy, Instant.now().plus(expiresAfter), key);
    }
}
