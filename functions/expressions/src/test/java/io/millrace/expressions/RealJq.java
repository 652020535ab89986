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
    private static final int SECONDS = 120;

    private final Path input;
    private final Path output;

    /** @param directory for the inputs */
    RealJq(Path directory, List<JsonNode> inputs) throws IOException {
        input = directory.resolve("inputs.json");
        output = directory.resolve("outputs.json");
        Files.write(input, inputs.stream().map(JsonNode::toString).toList());
    }

    /** Whether it is there, and of the release that {@link KnownDifferences} is about. */
    static boolean isThere() throws InterruptedException {
        try {
            Process version = new ProcessBuilder("jq", "--version").start();
            String text = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return version.waitFor() == 0 && text.startsWith("jq-1.6");
        } catch (IOException e) {
            return false;
        }
    }

    /** For each input the outputs, or a text if there is an error; null when the program does not compile, or crashes. */
    List<JsonNode> run(String program) throws Exception {
        Process jq = new ProcessBuilder("jq", "-c", "try [" + program + "] catch \"error\"", input.toString())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!jq.waitFor(SECONDS, TimeUnit.SECONDS)) {
            jq.destroyForcibly();
            throw new IllegalStateException("jq does not end: " + program);
        }
        if (jq.exitValue() != 0) {
            return null;
        }
        List<JsonNode> results = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            results.add(line.equals("\"error\"") ? TextNode.valueOf("error") : ExpressionTest.JSON.readTree(line));
        }
        return results;
    }
}
