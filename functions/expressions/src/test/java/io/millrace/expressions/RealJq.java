package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The program {@code jq} of this machine. */
final class RealJq {
    private static final int SECONDS = 20;

    private final Path input;

    /** @param directory for the inputs */
    RealJq(Path directory, List<JsonNode> inputs) throws IOException {
        input = directory.resolve("inputs.json");
        List<String> lines = inputs.stream().map(JsonNode::toString).toList();
        Files.write(input, lines);
    }

    static boolean isThere() {
        try {
            return new ProcessBuilder("jq", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** For each input the outputs, or a text if there is an error; null when the program does not compile, or crashes. */
    List<JsonNode> run(String program) throws Exception {
        Process jq = new ProcessBuilder("jq", "-c", "try [" + program + "] catch \"error\"", input.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<JsonNode> results = new ArrayList<>();
        String text = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!jq.waitFor(SECONDS, TimeUnit.SECONDS)) {
            jq.destroyForcibly();
            throw new IllegalStateException("jq does not end: " + program);
        }
        if (jq.exitValue() != 0) {
            return null;
        }
        for (String line : text.lines().toList()) {
            results.add(line.equals("\"error\"") ? TextNode.valueOf("error") : ExpressionTest.JSON.readTree(line));
        }
        return results;
    }
}
