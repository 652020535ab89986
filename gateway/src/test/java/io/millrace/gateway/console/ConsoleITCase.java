package io.millrace.gateway.console;

import static io.millrace.gateway.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.GatewayBed;
import io.millrace.gateway.access.Role;
import io.millrace.schema.wire.Topics;
import io.millrace.testing.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What people do in the console, in a real browser, with records as the jobs write them. */
class ConsoleITCase {
    @TempDir
    Path directory;

    @TempDir
    Path profile;

    private GatewayBed gateway;
    private Shop shop;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        gateway = GatewayBed.open(directory);
        shop = Shop.in(gateway);
        browser =
                Browser.open(gateway.uri("/"), profile).size(1280, 900).choose(Map.of("user", "ann", "language", "en"));
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    private JsonNode written(String topic, String type) {
        Await.until(type + " on " + topic, () -> find(topic, type) != null);
        return find(topic, type);
    }

    private JsonNode find(String topic, String type) {
        for (ProducerRecord<byte[], byte[]> record : gateway.written()) {
            JsonNode event = json(record.value());
            if (record.topic().equals(topic)
                    && event.path("event_type").asText().equals(type)) {
                return event;
            }
        }
        return null;
    }

    @Test
    void aRecurringTaskIsMadeByTheFormAndAppearsByItself() throws Exception {
        browser.open("today");
        browser.press("New task");
        browser.type("[name=title]", "Send the newsletter");
        browser.set("[name=priority]", "P2");
        browser.type("[name=tags]", "marketing, mail");
        browser.set("[name=due]", "2031-05-06T09:30");
        browser.set("[name=zone]", "Europe/Paris");
        browser.set("[name=repeat]", "weekdays");
        browser.press("Create");

        JsonNode event = written(Topics.TASK_EVENTS, "task.created");
        assertThat(event.path("title").asText()).isEqualTo("Send the newsletter");
        assertThat(event.path("user_id").asText()).isEqualTo("ann");
        assertThat(event.path("due_at").asText()).isEqualTo("2031-05-06T09:30:00");
        assertThat(event.path("time_zone").asText()).isEqualTo("Europe/Paris");
        assertThat(event.path("tags")).hasSize(2);
        assertThat(event.at("/recurrence/rule").asText()).isEqualTo("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
        assertThat(event.path("remind_before_minutes").toString()).isEqualTo("[0]");

        gateway.model()
                .tell(shop.log().task(Shop.TENANT, "ann", event.path("task_id").asText(), 1, view -> view.put(
                                "title", "Send the newsletter")
                        .put("due_at", "2031-05-06T07:30:00Z")));
        browser.see("button[aria-label='Complete: Send the newsletter']");
        browser.assertQuiet();
    }

    @Test
    void aTaskIsCompletedChangedPutOffAndDeleted() {
        browser.open("today");
        browser.press("Complete: Count the till");
        assertThat(written(Topics.TASK_EVENTS, "task.completed").path("task_id").asText())
                .isEqualTo("t-3");

        browser.press("Edit: Order paper bags");
        browser.type("[name=title]", "Order 500 paper bags");
        browser.press("Save");
        JsonNode changed = written(Topics.TASK_EVENTS, "task.updated");
        assertThat(changed.path("title").asText()).isEqualTo("Order 500 paper bags");
        assertThat(changed.has("due_at")).isFalse();
        assertThat(changed.has("priority")).isFalse();

        browser.press("Snooze: Call the carrier about parcel 4471");
        browser.press("Snooze");
        assertThat(written(Topics.TASK_EVENTS, "reminder.snoozed")
                        .path("snooze_minutes")
                        .asInt())
                .isEqualTo(60);

        browser.press("Delete: Ideas for the spring window");
        browser.press("Delete");
        assertThat(written(Topics.TASK_EVENTS, "task.deleted").path("task_id").asText())
                .isEqualTo("t-6");
    }

    @Test
    void aTaskByCronIsChangedAndRepeatsAsBefore() throws Exception {
        gateway.model().tell(shop.log().task(Shop.TENANT, "ann", "t-8", 1, view -> view.put("title", "Water the plants")
                .put("due_at", "2031-05-06T07:30:00Z")
                .put("time_zone", "Europe/Paris")
                .putObject("recurrence")
                .put("cron", "30 9 * * 2")));
        browser.open("today");
        browser.press("Edit: Water the plants");
        assertThat(browser.see("dialog[open]").getText()).contains("By the cron expression 30 9 * * 2");
        browser.type("[name=title]", "Water the palms");
        browser.press("Save");

        JsonNode changed = written(Topics.TASK_EVENTS, "task.updated");
        assertThat(changed.path("title").asText()).isEqualTo("Water the palms");
        assertThat(changed.has("recurrence")).isFalse();
    }

    @Test
    void aReminderArrivesOnThePage() throws Exception {
        browser.open("today");
        browser.seeText("Live");

        gateway.model().tell(shop.log().reminder(Shop.TENANT, "ann", "t-5", Instant.parse("2031-01-01T08:00:00Z")));
        browser.see(".toast.bell");
        browser.seeText("Reminder of t-5");
        Await.until(
                "it is in the list",
                () -> browser.see(".reminders ol").getText().contains("Reminder of t-5"));
    }

    @Test
    void tasksAreSearchedAndFiltered() {
        browser.open("today");
        browser.type("input[type=search]", "carr");
        browser.seeTextNoMore("Count the till");
        browser.seeText("Call the carrier");

        browser.open("today?status=completed");
        browser.seeText("Photograph the new mugs");
        browser.open("today?q=nothing+like+it");
        browser.seeText("No task is like that");
    }

    @Test
    void whatAJobRefusesIsSaidInItsWords() {
        browser.open("today");
        browser.press("New task");
        browser.type("[name=title]", "Water the plants");
        browser.set("[name=due]", "2031-05-06T09:30");
        browser.set("[name=zone]", "Mars/Olympus");
        browser.press("Create");

        browser.seeText("time_zone");
        assertThat(gateway.written()).isEmpty();
    }

    @Test
    void aRunThatWaitsIsApprovedWithAComment() throws Exception {
        browser.open("approvals");
        browser.press("Apply the patch to billing?");
        browser.seeText("Fixes the rounding of discounts.");
        browser.type("[name=comment]", "Looked at it with Bo.");
        browser.press("Approve");

        JsonNode decision = written(Topics.APPROVAL_DECISIONS, "approval.decided");
        assertThat(decision.path("choice").asText()).isEqualTo("approve");
        assertThat(decision.path("by").asText()).isEqualTo("ann");
        assertThat(decision.path("comment").asText()).isEqualTo("Looked at it with Bo.");
        browser.seeText("Your decision was sent.");

        gateway.model().tell(shop.log().decision(Shop.TENANT, Shop.RUN, "q-1", "ann"));
        browser.seeText("ann: approve");
        browser.assertQuiet();
    }

    @Test
    void aRunIsShownAsAPictureAndToldToStop() throws Exception {
        browser.open("runs/" + Shop.RUN);
        browser.see(".graph svg .node.waiting");
        assertThat(browser.see(".node.completed").getAttribute("aria-label")).contains("plan", "2 attempts");
        assertThat(browser.see(".node.none").getAttribute("aria-label")).contains("decide");

        browser.press("Cancel the run");
        browser.type("[name=reason]", "Wrong patch");
        browser.press("Cancel the run");
        JsonNode control = written(Topics.WORKFLOW_COMMANDS, "workflow.control");
        assertThat(control.path("action").asText()).isEqualTo("cancel");
        assertThat(control.path("reason").asText()).isEqualTo("Wrong patch");

        gateway.model()
                .tell(shop.log().run(Shop.TENANT, Shop.RUN, 8, "cancelled", run -> run.put("workflow", "patch-approval")
                        .put("started_at", Instant.now().toString())));
        browser.see(".head .badge.grey");
    }

    @Test
    void aConversationIsTakenOverAndAnswered() throws Exception {
        browser.open("conversations?state=escalated");
        browser.press("cu-81");
        browser.press("Take over");
        assertThat(written(Topics.CONVERSATION_EVENTS, "conversation.assigned")
                        .path("to")
                        .asText())
                .isEqualTo("ann");

        gateway.model()
                .tell(Shop.changed(
                        shop.log().conversation(Shop.TENANT, "c-12", 4, "assigned"),
                        view -> view.put("assigned_to", "ann")));
        browser.type("[name=text]", "It left on Monday.");
        browser.press("Send");
        assertThat(written(Topics.CONVERSATION_EVENTS, "message.sent")
                        .path("text")
                        .asText())
                .isEqualTo("It left on Monday.");
    }

    @Test
    void deadLettersArePutBack() {
        browser.open("letters");
        browser.press("Put back unknown_task of task-events-dlq");
        browser.press("Put back");
        browser.seeText("2 letters were put back.");
        assertThat(gateway.replayed()).hasSize(2);

        browser.press("priority: must be one of P1, P2, P3, P4");
        browser.seeText("\"event_type\": \"task.completed\"");
        browser.press("Put back");
        browser.seeText("1 letter was put back.");
        assertThat(gateway.replayed()).hasSize(3);
    }

    @Test
    void whoComesForTheFirstTimeIsAskedWhoTheyAre() {
        browser.choose(Map.of("language", "en")).open("today");
        browser.seeText("Whose day is it?");
        browser.type("main input[name=user]", "ann");
        browser.press("Show the tasks");
        browser.seeText("Count the till");
    }

    @Test
    void aKeyOpensThePagesOfItsRolesAndIsGoneWithTheTab() throws Exception {
        try (GatewayBed guarded = GatewayBed.of(
                        directory.resolve("guarded"), GatewayBed.caller("ann-key", "default", "ann", Role.USER));
                Browser door = Browser.open(guarded.uri("/"), profile.resolve("guarded"))) {
            Shop.in(guarded);
            door.choose(Map.of("language", "en")).open("today");
            door.type("input[type=password]", "wrong");
            door.press("Enter");
            door.seeText("This key or token is not known here.");

            door.type("input[type=password]", "ann-key");
            door.press("Enter");
            door.seeText("Count the till");
            assertThat(door.text()).contains("Approvals").doesNotContain("Runs", "Dead letters");
            assertThat(door.kept("localStorage")).doesNotContain("ann-key");
            door.open("letters");
            door.seeText("Count the till");
            door.press("Leave");
            door.see("input[type=password]");
            assertThat(door.kept("sessionStorage")).doesNotContain("ann-key");
        }
    }

    @Test
    void whatIsSaidIsTextWhateverStandsInIt() throws Exception {
        String evil = "<img src=x onerror=\"document.title='taken'\"><b>bold</b>";
        gateway.model().tell(shop.log().task(Shop.TENANT, "ann", "evil", 1, view -> view.put("title", evil)));

        browser.open("today");
        browser.seeText(evil);
        assertThat(browser.see("title").getAttribute("textContent")).startsWith("Today");
    }

    @Test
    void everythingIsReachedByTheKeyboard() {
        browser.open("today");
        browser.seeText("Count the till");
        browser.key(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to the content");
        browser.key(Keys.ENTER);
        browser.key(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("New task");
        browser.key(Keys.ENTER);
        browser.see("dialog[open]");
        browser.key(Keys.ESCAPE);
        Await.until("the dialog is closed", () -> browser.focused().equals("New task"));
    }

    @Test
    void aLostConnectionIsShown() throws Exception {
        browser.open("today");
        browser.seeText("Live");
        gateway.close();
        browser.seeText("Connection lost");
        gateway = null;
    }
}
