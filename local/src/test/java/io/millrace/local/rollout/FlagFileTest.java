package io.millrace.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.contrib.providers.flagd.Config;
import dev.openfeature.contrib.providers.flagd.FlagdOptions;
import dev.openfeature.contrib.providers.flagd.FlagdProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.millrace.local.rollout.FlagFile.Difference;
import io.millrace.schema.rollout.SafetyFlag;
import io.millrace.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlagFileTest {
    private static final String OLD =
            "{\"state\":\"ENABLED\",\"variants\":{\"new\":true,\"old\":false},\"defaultVariant\":\"old\"}";
    private static final String NEW = OLD.replace("Variant\":\"old\"", "Variant\":\"new\"");

    @TempDir
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    private NavigableMap<String, String> parse(String text) {
        return FlagFile.parse(text.getBytes(StandardCharsets.UTF_8), problems::add);
    }

    @Test
    void aClientOfFlagdFollowsTheFile() throws Exception {
        Path file = directory.resolve("flags.json");
        FlagFile.write(file, FlagFile.text(Map.of("checkout", OLD)));
        OpenFeatureAPI api = OpenFeatureAPI.getInstance();
        try {
            api.setProviderAndWait(new FlagdProvider(FlagdOptions.builder()
                    .resolverType(Config.Resolver.FILE)
                    .offlineFlagSourcePath(file.toString())
                    .offlinePollIntervalMs(50)
                    .deadline(60_000)
                    .build()));
            Client client = api.getClient();
            assertThat(client.getStringDetails("absent", "none", new ImmutableContext("ann"))
                            .getErrorCode())
                    .as("it has read the file")
                    .isNotNull();
            assertThat(client.getBooleanDetails("checkout", true, new ImmutableContext("ann"))
                            .getVariant())
                    .isEqualTo("old");

            // It looks at the time of the file, which has to be another one.
            Await.until("another time", () -> {
                FlagFile.write(file, FlagFile.text(Map.of("checkout", OLD)));
                FlagFile.write(file, FlagFile.text(Map.of("checkout", NEW)));
                return client.getBooleanValue("checkout", false, new ImmutableContext("ann"));
            });
        } finally {
            api.shutdown();
        }
    }

    @Test
    void whatIsNoFlagIsNotInTheFile() {
        assertThat(FlagFile.text(Map.of("b", OLD, "a", "{\"state\":7}", "c", "no JSON")))
                .contains("\"b\" : {")
                .doesNotContain("\"a\"", "\"c\"");
    }

    @Test
    void whatIsNotForAFileToSayIsNotInIt() {
        String noted = OLD.replace(
                "\"variants\"",
                "\"metadata\":{\"team\":\"a\",\"millrace_rollout\":\"r\",\"millrace_revision\":3,\"millrace_phase\":\"running\"},\"variants\"");
        String text = FlagFile.text(Map.of("checkout", noted, SafetyFlag.STOP.key(), OLD));

        assertThat(parse(text)).containsOnlyKeys("checkout");
        assertThat(text).contains("\"team\" : \"a\"").doesNotContain("millrace_");
        parse("{\"flags\":{\"millrace-stop\":" + OLD + "}}");
        assertThat(problems).singleElement().asString().startsWith("flags.millrace-stop: ");
    }

    @Test
    void whatRolloutsHaveNotedStaysAsItStandsOnTheTopic() {
        String noted =
                "\"metadata\":{\"millrace_rollout\":\"r\",\"millrace_revision\":%d,\"millrace_phase\":\"%s\"},\"variants\"";
        String there = OLD.replace("\"variants\"", noted.formatted(9, "completed"));
        String fromElsewhere = OLD.replace("\"variants\"", noted.formatted(12, "running"));

        assertThat(FlagFile.difference(Map.of("f", fromElsewhere), Map.of("f", there))
                        .unchanged())
                .containsExactly("f");
        assertThat(FlagFile.difference(Map.of("f", fromElsewhere), Map.of()).changed())
                .containsOnly(Map.entry("f", OLD));
        assertThat(FlagFile.difference(Map.of("f", NEW), Map.of("f", there))
                        .changed()
                        .get("f"))
                .contains("\"millrace_revision\":9", "\"defaultVariant\":\"new\"");
    }

    @Test
    void itIsReadAsItWasWritten() {
        String exact = OLD.replace("\"variants\"", "\"metadata\":{\"weight\":1.10},\"variants\"");

        assertThat(parse(FlagFile.text(Map.of("checkout", exact)))).containsOnly(Map.entry("checkout", exact));
        assertThat(problems).isEmpty();
    }

    @Test
    void itIsReplacedWhenItDiffersAndKeepsWhoMayReadIt() throws Exception {
        Path file = directory.resolve("flags.json");
        assertThat(FlagFile.write(file, "a")).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        assertThat(FlagFile.write(file, "a")).isFalse();
        assertThat(FlagFile.write(file, "b")).isTrue();

        assertThat(file).hasContent("b");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
        assertThat(directory).isDirectoryContaining(file::equals);
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void everyMistakeIsNamed() {
        parse("{\"flags\":{\"a\":" + OLD + ",\"b\":{\"state\":\"ON\"},\"c\":{}}}");
        assertThat(problems).containsExactly("flags.b: state: must be ENABLED or DISABLED", "flags.c: state: missing");
    }

    @Test
    void whatIsNoSuchFileIsSaid() {
        parse("{\n\"flags\":");
        parse("[]");
        parse("{\"flags\":{},\"$evaluators\":{\"is_ann\":{}}}");
        parse("{\"flags\":{},\"flags\":{}}");

        assertThat(problems).hasSize(4);
        assertThat(problems.get(0)).startsWith("line 2: no JSON: ");
        assertThat(problems.get(1)).startsWith("flags: must be an object");
        assertThat(problems.get(2)).startsWith("$evaluators: ");
        assertThat(problems.get(3)).contains("Duplicate");
    }

    @Test
    void aFlagInTheHandsOfARolloutIsLeftAlone() {
        String held = NEW.replace(
                "\"variants\"",
                "\"metadata\":{\"millrace_rollout\":\"r\",\"millrace_phase\":\"running\"},\"variants\"");
        Difference difference = FlagFile.difference(
                Map.of("same", OLD, "other", OLD, "fresh", OLD, "held", OLD, "broken", OLD, "ended", OLD),
                Map.of(
                        "same",
                        OLD.replace(",", ", "),
                        "other",
                        NEW,
                        "held",
                        held,
                        "broken",
                        "{",
                        "ended",
                        held.replace("running", "completed"),
                        "stays",
                        OLD));

        assertThat(difference.unchanged()).containsExactly("same");
        assertThat(difference.underWay()).containsExactly("held");
        assertThat(difference.changed()).containsOnlyKeys("other", "fresh", "broken", "ended");
    }
}
