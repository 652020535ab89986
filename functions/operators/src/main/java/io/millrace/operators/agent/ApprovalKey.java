package io.millrace.operators.agent;

import io.millrace.logic.agent.ApprovalProof;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the key is by which approvals are proven. It is read by each task where it runs, so that it is not in the job
 * that is submitted.
 *
 * @param file holds the key's bytes; null when calls can't be approved
 */
public record ApprovalKey(String file) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @throws IOException naming the file when it can't be read, or holds too little */
    public ApprovalProof read() throws IOException {
        if (file == null) {
            return ApprovalProof.none();
        }
        try {
            return ApprovalProof.with(Files.readAllBytes(Path.of(file)));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("the approval key " + file + " can't be used: " + e.getMessage(), e);
        }
    }
}
