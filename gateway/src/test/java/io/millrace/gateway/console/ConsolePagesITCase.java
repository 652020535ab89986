package io.millrace.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.gateway.GatewayBed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page in both themes, wide and narrow; what is computed in the page; and pictures of it for docs/console.md. */
class ConsolePagesITCase {
    private static final Path IMAGES = Path.of("../docs/images");
    private static final int MAX_IMAGE = 120 * 1024;
    /** By page, and what is to be seen before it is looked at. */
    private static final Map<String, String> PAGES = Map.of(
            "today",
            "Count the till",
            "approvals",
            "Apply the patch",
            "approvals/q-1",
            "Tested on staging.",
            "runs",
            "order-3318",
            "runs/" + Shop.RUN,
            "How it goes",
            "conversations",
            "cu-81",
            "conversations/c-10",
            "Your answer",
            "agents",
            "summariser",
            "objectives",
            "billing",
            "letters",
            "no task t-99");

    @TempDir
    Path directory;

    @TempDir
    Path profile;

    private GatewayBed gateway;
    private Browser browser;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        gateway = GatewayBed.open(directory);
        Shop.in(gateway);
        browser = Browser.open(gateway.uri("/"), profile);
    }

    @AfterEach
    void close() throws Exception {
        if (browser != null) {
            browser.close();
            gateway.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void noPageKeepsAnybodyOut(String theme) {
        SoftAssertions all = new SoftAssertions();
        browser.choose(Map.of("user", "ann", "language", "en", "theme", theme));
        for (int width : new int[] {1280, 360}) {
            browser.size(width, 900);
            PAGES.forEach((page, text) -> {
                browser.open(page).seeText(text);
                if (width == 1280) {
                    all.assertThat(browser.violations()).as(page + " " + theme).isEmpty();
                }
                all.assertThat(browser.overflow()).as(page + " at " + width).isLessThanOrEqualTo(0);
            });
        }
        browser.size(1280, 900).open("today").press("New task");
        browser.set("[name=due]", "2031-05-06T09:30");
        all.assertThat(browser.violations()).as("the form").isEmpty();
        all.assertAll();
        browser.assertQuiet();
    }

    @Test
    void thePagesSpeakTheLanguageThatWasChosen() {
        for (Map.Entry<String, String> one : Map.of("fr", "Nouvelle tâche", "es", "Nueva tarea", "en", "New task")
                .entrySet()) {
            browser.choose(Map.of("user", "ann", "language", one.getKey())).open("today");
            browser.seeText(one.getValue());
            assertThat(browser.see("html").getAttribute("lang")).isEqualTo(one.getKey());
        }
    }

    @Test
    void allLanguagesSayTheSame() {
        browser.choose(Map.of()).open("agents");
        for (String language : List.of("fr", "es")) {
            assertThat(browser.evaluate(
                            "i18n.js",
                            "Object.keys(it.texts.en).filter(key => !(key in it.texts." + language + ")).concat("
                                    + "Object.keys(it.texts." + language
                                    + ").filter(key => !(key in it.texts.en))).join()"))
                    .as(language)
                    .isEqualTo("");
            assertThat(browser.evaluate(
                            "i18n.js",
                            "Object.keys(it.texts.en).filter(key => (it.texts.en[key].match(/{\\w+}/g) || []).sort().join()"
                                    + " !== (it.texts." + language
                                    + "[key].match(/{\\w+}/g) || []).sort().join()).join()"))
                    .as("what is filled in, " + language)
                    .isEqualTo("");
        }
    }

    private void comesTo(String module, String expression, Object expected) {
        assertThat(browser.evaluate(module, expression)).as(expression).isEqualTo(expected);
    }

    @Test
    void recurrencesAreSaidInWords() {
        browser.choose(Map.of("language", "en")).open("agents");
        comesTo("recurrence.js", "it.inWords({rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'})", "Monday to Friday");
        comesTo("recurrence.js", "it.inWords({every: 'monthly'})", "Every month");
        comesTo("recurrence.js", "it.inWords({rule: 'FREQ=DAILY;INTERVAL=3;COUNT=4'})", "Every 3 days, 4 times");
        comesTo("recurrence.js", "it.inWords({rule: 'FREQ=WEEKLY;BYDAY=MO,FR'})", "Every week on Monday and Friday");
        comesTo("recurrence.js", "it.inWords({rule: 'FREQ=MONTHLY;BYDAY=-1FR'})", "FREQ=MONTHLY;BYDAY=-1FR");
        comesTo("recurrence.js", "it.toChoice({rule: 'FREQ=DAILY'}).choice", "daily");
        comesTo("recurrence.js", "it.toChoice({rule: 'FREQ=DAILY;COUNT=2'}).choice", "rule");
        comesTo(
                "recurrence.js",
                "JSON.stringify(it.ofChoice('weekly', '', 'on_schedule'))",
                "{\"every\":\"weekly\",\"next\":\"on_schedule\"}");
        comesTo("recurrence.js", "it.ofChoice('never')", null);
    }

    @Test
    void timesAreSaidInWords() {
        browser.choose(Map.of("language", "en")).open("agents");
        comesTo("times.js", "it.relative(3600e3 * 26, 0, 'en')", "tomorrow");
        comesTo("times.js", "it.relative(0, 100e3, 'en')", "2 minutes ago");
        comesTo("times.js", "it.relative(1000, 0, 'en')", "now");
        comesTo("times.js", "it.duration(84000)", "1 min 24 s");
        comesTo("times.js", "it.duration(412)", "412 ms");
        comesTo("times.js", "it.when(undefined)", "none");
        comesTo("times.js", "it.when(1, 2)", "overdue");
        comesTo("times.js", "it.fromInput('2031-05-06T09:30')", "2031-05-06T09:30:00");
    }

    @Test
    void ofATaskOnlyWhatWasChangedIsSent() {
        browser.choose(Map.of("language", "en")).open("agents");
        String before = "it.valuesOf({title: 'a', priority: 'P1', due_at: '2031-05-06T07:30:00Z', due_local:"
                + " '2031-05-06T09:30:00', time_zone: 'Europe/Paris', remind_before_minutes: [60]})";
        comesTo("task-form.js", "JSON.stringify(it.changes(" + before + ", " + before + "))", "{}");
        comesTo(
                "task-form.js",
                "JSON.stringify(it.changes(" + before + ", {..." + before + ", due: '2031-05-07T09:30'}))",
                "{\"due_at\":\"2031-05-07T09:30:00\",\"time_zone\":\"Europe/Paris\"}");
        comesTo(
                "task-form.js",
                "JSON.stringify(it.changes(" + before + ", {..." + before + ", priority: ''}))",
                "{\"priority\":null}");
    }

    @Test
    void aWorkflowIsDrawnInLayers() {
        browser.choose(Map.of("language", "en")).open("agents");
        String fork = "{do: [{graph: {fork: {branches: [{a: {set: 1}}, {b: {metadata: {needs: ['a']}, set: 1}},"
                + " {c: {metadata: {needs: ['a']}, set: 1}}, {d: {metadata: {needs: ['b', 'c']}, set: 1}}]}}}, {last: {set: 1}}]}";
        comesTo("graph.js", "it.layout(it.graphOf(" + fork + ")).rows", 5L);
        comesTo("graph.js", "it.layout(it.graphOf(" + fork + ")).columns", 2L);
        comesTo(
                "graph.js",
                "it.graphOf(" + fork + ").edges.filter(e => e.to === '/do/1/last').map(e => e.from).join()",
                "/do/0/graph/fork/branches/3/d");
        String choice =
                "{do: [{which: {switch: [{yes: {when: 'x', then: 'two'}}, {no: {then: 'end'}}]}}, {one: {set: 1}},"
                        + " {two: {set: 1, then: 'which'}}]}";
        comesTo(
                "graph.js",
                "it.graphOf(" + choice + ").edges.map(e => e.from + '>' + e.to + e.word).join()",
                "/do/1/one>/do/2/two,/do/0/which>/do/2/twoyes,/do/2/two>/do/0/which");
    }

    @Test
    void aStreamIsReadInWhateverPiecesItComes() {
        browser.choose(Map.of("language", "en")).open("agents");
        comesTo(
                "live.js",
                "JSON.stringify(it.parse('retry: 2000\\nevent: open\\nid: 1\\ndata: {}\\n\\n:\\n\\nevent: ta'))",
                "{\"events\":[{\"name\":\"open\",\"id\":\"1\",\"data\":\"{}\"}],\"rest\":\"event: ta\"}");
    }

    /** With {@code -Dmillrace.refresh=true} they are taken anew. */
    @Test
    void picturesOfPagesAreSmall() throws IOException {
        List<String> pages = List.of("today", "approvals/q-1", "runs/" + Shop.RUN, "letters");
        for (String theme : List.of("light", "dark")) {
            browser.choose(Map.of("user", "ann", "language", "en", "theme", theme))
                    .size(1120, 760);
            for (String page : pages) {
                Path file = IMAGES.resolve("console-" + page.split("/")[0] + "-" + theme + ".png");
                browser.open(page).seeText(PAGES.get(page));
                browser.seeText("Live");
                if (Boolean.getBoolean("millrace.refresh")) {
                    Files.createDirectories(IMAGES);
                    browser.picture(file);
                }
                assertThat(file).exists();
                assertThat(Files.size(file)).as(file.toString()).isLessThan(MAX_IMAGE);
            }
        }
    }
}
