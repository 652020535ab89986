package io.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each job may do what it has to, and nothing else: its users' rights are those of docs/security.md. */
class KafkaAccessTest {
    private static final List<Manifest> MANIFESTS = Project.render("production");
    private static final Pattern COMMAND =
            Pattern.compile("^    acl --allow-principal User:(\\S+) (.*)$", Pattern.MULTILINE);
    private static final Pattern OPTION =
            Pattern.compile("--(operation|topic|group|resource-pattern-type) '?([^' ]+)'?");

    @Test
    void everyJobMayReadItsInputsAndWriteItsOutputs() {
        for (JsonNode job : Project.jobs()) {
            Set<String> rights = rightsOf(job.get("name").asText() + "-job");
            job.path("inputs")
                    .forEach(topic -> assertThat(rights).contains("literal topic " + topic.asText() + " Read"));
            job.path("outputs")
                    .forEach(topic -> assertThat(rights).contains("literal topic " + topic.asText() + " Write"));
            assertThat(rights).contains("literal group " + job.get("group").asText() + " Read");
        }
    }

    @Test
    void noJobMayWriteWhatItDoesNot() {
        for (JsonNode job : Project.jobs()) {
            String name = job.get("name").asText();
            Set<String> outputs = new TreeSet<>();
            job.path("outputs").forEach(topic -> outputs.add(topic.asText()));
            if (name.equals("agents")) {
                outputs.add("agent-requests-");
                // Answers to runs.
                outputs.add("workflow-inbox");
            }

            assertThat(rightsOf(name + "-job").stream()
                            .filter(right -> right.endsWith(" Write"))
                            .map(right -> right.split(" ")[2])
                            .collect(Collectors.toSet()))
                    .isEqualTo(outputs);
        }
    }

    @Test
    void theRightsOfTheDocumentationAreThoseOfTheChart() throws Exception {
        Map<String, Set<String>> documented = documented();

        assertThat(documented.keySet()).contains("tasks-job", "agents-job", "operator");
        documented.forEach((user, rights) -> {
            // The page's service is an example, and tenants are what an installation makes them.
            if (!user.equals("shop") && !user.equals("acme")) {
                assertThat(rightsOf(user)).as(user).isEqualTo(rights);
            }
        });
    }

    private static Set<String> rightsOf(String user) {
        Set<String> rights = new TreeSet<>();
        for (JsonNode acl : Project.find(MANIFESTS, "KafkaUser/" + user).body().at("/spec/authorization/acls")) {
            JsonNode resource = acl.path("resource");
            acl.path("operations")
                    .forEach(operation -> rights.add(resource.path("patternType")
                                    .asText() + " " + resource.path("type").asText() + " "
                            + resource.path("name").asText() + " " + operation.asText()));
        }
        return rights;
    }

    private static Map<String, Set<String>> documented() throws Exception {
        Map<String, Set<String>> rights = new TreeMap<>();
        String page = Files.readString(Project.HOME.resolve("docs/security.md"));
        String section = page.substring(page.indexOf("## ACLs"), page.indexOf("## Tenants"));
        Matcher command = COMMAND.matcher(section);
        while (command.find()) {
            rights.computeIfAbsent(command.group(1), user -> new TreeSet<>()).addAll(rights(command.group(2)));
        }
        return rights;
    }

    private static List<String> rights(String options) {
        List<String> operations = new ArrayList<>();
        List<String> resources = new ArrayList<>();
        String pattern = "literal";
        Matcher option = OPTION.matcher(options);
        while (option.find()) {
            switch (option.group(1)) {
                case "operation" -> operations.add(option.group(2));
                case "resource-pattern-type" -> pattern = option.group(2).replace("prefixed", "prefix");
                default ->
                    each(option.group(1), option.group(2)).forEach(name -> resources.add(option.group(1) + " " + name));
            }
        }
        List<String> rights = new ArrayList<>();
        for (String resource : resources) {
            for (String operation : operations) {
                // Of a group, which the line names beside topics, only what groups have.
                if (resource.startsWith("topic ") || !operation.equals("DescribeConfigs")) {
                    rights.add(pattern + " " + resource + " " + operation);
                }
            }
        }
        return rights;
    }

    /** The chart names each where the page says all. */
    private static List<String> each(String type, String name) {
        if (!name.equals("*")) {
            return List.of(name);
        }
        return type.equals("topic")
                ? MANIFESTS.stream()
                        .filter(manifest -> manifest.kind().equals("KafkaTopic"))
                        .map(Manifest::name)
                        .toList()
                : Project.jobs().stream().map(job -> job.get("group").asText()).toList();
    }
}
