package io.millrace.jobs.notifications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.jobs.agents.AgentsJob;
import io.millrace.testing.http.PostReceiver;
import io.millrace.testing.http.PostReceiver.Answer;
import io.millrace.testing.http.PostReceiver.Post;
import io.millrace.testing.jobs.JobBed;
import io.millrace.testing.jobs.JobTopics;
import io.millrace.testing.mail.MailReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the agents job beside it, and servers that first refuse what they are sent. */
@Timeout(600)
class NotificationsJobITCase {
    private static final int USERS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "told-";

    @TempDir
    static Path directory;

    private final Map<String, Set<String>> eventsOf = new HashMap<>();

    @Test
    void eachPersonIsToldUnderOneIdThoughServersRefuseAndTaskManagersDie() throws Exception {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("notify--default--hooks"), "a secret");
        try (JobBed bed = JobBed.start(NotificationsJob.JOB, directory, 2, 2);
                JobTopics topics = bed.topics(PREFIX);
                JobTopics ofAgents = JobTopics.make(bed.broker(), AgentsJob.JOB, PREFIX);
                PostReceiver posts = new PostReceiver();
                MailReceiver mails = new MailReceiver()) {
            posts.answer(post -> Answer.of(503, "Retry-After", "1"));
            mails.refuse(recipient -> 451);
            register(ofAgents, "webhook");
            register(ofAgents, "email");
            for (int user = 0; user < USERS; user++) {
                topics.publish("notification-preferences", "default/u-" + user, preferences(user, posts.url()));
            }
            topics.publish("notification-preferences", "last", "{");
            JobID agents = bed.cluster()
                    .run(2, JobBed.definition(AgentsJob.JOB, agentArguments(ofAgents, secrets, mails.server())));
            JobID job = bed.run(2, topics.arguments());
            topics.await("preferences to be read", () -> !topics.read("notification-preferences-dlq")
                    .isEmpty());
            bed.cluster().awaitCheckpoint(job);

            remind(topics, "t-1");
            topics.await("each to be refused", () -> tried(posts).size() == USERS && mails.refused() > 0);
            bed.cluster().awaitCheckpoint(job);
            bed.cluster().awaitCheckpoint(agents);
            bed.cluster().replaceTaskManagers();
            bed.cluster().awaitRunning(job);
            bed.cluster().awaitRunning(agents);
            remind(topics, "t-2");
            posts.answer(post -> Answer.of(204));
            mails.refuse(recipient -> 0);

            topics.await("each to be told", () -> delivered(topics).equals(expected()));
            assertThat(idsByEvent(posts.posts())).allSatisfy((event, ids) -> assertThat(ids)
                    .as("of an event that came twice, and was sent often")
                    .hasSize(1));
            assertThat(posts.posts()).allSatisfy(post -> assertThat(post.header("Millrace-signature"))
                    .startsWith("v1="));
            assertThat(mails.mails()).isNotEmpty().allSatisfy(mail -> assertThat(mail.text())
                    .contains("Message-ID: <"));
            assertThat(topics.jsonOf("notifications"))
                    .allSatisfy(
                            told -> assertThat(told.path("event_type").asText()).isEqualTo("notification.delivered"));
            assertThat(recordsById(topics))
                    .allSatisfy((id, told) -> assertThat(told).hasSize(1));
            bed.cluster().cancel(job);
            bed.cluster().cancel(agents);
        }
    }

    private void remind(JobTopics topics, String task) {
        for (int user = 0; user < USERS; user++) {
            UUID id = UUID.nameUUIDFromBytes((task + user).getBytes(StandardCharsets.UTF_8));
            String reminder = event(id.toString(), "reminder.due") + ",'user_id':'u-" + user + "','task_id':'" + task
                    + "','title':'Pay the rent','remind_at':'2026-12-01T00:00:00Z','due_at':'2026-12-01T00:00:00Z'}";
            topics.publish("reminders", "u-" + user, reminder.replace('\'', '"'));
            topics.publish("reminders", "u-" + user, reminder.replace('\'', '"'));
            eventsOf.computeIfAbsent("u-" + user, any -> new HashSet<>()).add(id.toString());
        }
    }

    private static String event(String id, String type) {
        return "{'schema_version':1,'event_id':'" + id + "','event_type':'" + type + "','occurred_at':'" + Instant.now()
                + "'";
    }

    /** Every fourth has mail, too. */
    private static String preferences(int user, String url) {
        String mail = user % 4 == 0 ? ",{'kind':'email','address':'u-" + user + "@example.com'}" : "";
        return (event(UUID.randomUUID().toString(), "notification.preferences") + ",'user_id':'u-" + user
                        + "','channels':[{'kind':'webhook','address':'" + url + "/u-" + user
                        + "','about':['reminders'],'secret':'hooks'}" + mail + "]}")
                .replace('\'', '"');
    }

    private static void register(JobTopics topics, String kind) {
        String name = "notify-" + kind;
        String definition = event(UUID.randomUUID().toString(), "agent.registered") + ",'agent':'" + name
                + "','version':1,'type':'NOTIFICATION','transport':{'kind':'in-process','name':'" + name
                + "'},'retry':{'max_attempts':10,'initial_ms':500,'max_ms':60000}}";
        topics.publish("agent-registry", name, definition.replace('\'', '"'));
    }

    private static List<String> agentArguments(JobTopics topics, Path secrets, String smtp) {
        List<String> arguments = new ArrayList<>(topics.arguments(
                "--topic-agents.reply-topic",
                PREFIX + "agent-replies",
                "--keys.directory",
                secrets.toString(),
                "--http.allowed-networks",
                "127.0.0.0/8;::1",
                "--notify.allowed-hosts",
                "localhost",
                "--notify.mail-domains",
                "example.com",
                "--notify.mail-from",
                "millrace@example.org",
                "--notify.smtp-server",
                smtp,
                "--notify.smtp-security",
                "none"));
        Collections.replaceAll(arguments, PREFIX + "group", PREFIX + "agents-group");
        Collections.replaceAll(arguments, PREFIX + "tx", PREFIX + "agents-tx");
        return arguments;
    }

    private static Set<String> tried(PostReceiver posts) {
        return posts.posts().stream().map(Post::path).collect(Collectors.toSet());
    }

    /** Whom, of what, how. */
    private Set<String> expected() {
        Set<String> expected = new HashSet<>();
        eventsOf.forEach((user, events) -> events.forEach(event -> {
            expected.add(user + " " + event + " webhook");
            if (Integer.parseInt(user.substring(2)) % 4 == 0) {
                expected.add(user + " " + event + " email");
            }
        }));
        return expected;
    }

    private static Set<String> delivered(JobTopics topics) {
        Set<String> delivered = new HashSet<>();
        for (JsonNode told : topics.jsonOf("notifications")) {
            told.path("events")
                    .forEach(event -> delivered.add(told.path("user_id").asText() + " " + event.asText() + " "
                            + told.path("kind").asText()));
        }
        return delivered;
    }

    private static Map<String, Set<String>> idsByEvent(List<Post> posts) throws IOException {
        Map<String, Set<String>> ids = new HashMap<>();
        for (Post post : posts) {
            for (JsonNode item : JSON.readTree(post.body()).path("items")) {
                ids.computeIfAbsent(item.path("event_id").asText(), any -> new HashSet<>())
                        .add(post.header("Millrace-event-id"));
            }
        }
        return ids;
    }

    /** What was told of a notification, less what comes again after a crash. */
    private static Map<String, Set<String>> recordsById(JobTopics topics) {
        Map<String, Set<String>> records = new HashMap<>();
        for (JsonNode told : topics.jsonOf("notifications")) {
            records.computeIfAbsent(told.path("notification_id").asText(), any -> new HashSet<>())
                    .add(told.path("event_id").asText());
        }
        return records;
    }
}
