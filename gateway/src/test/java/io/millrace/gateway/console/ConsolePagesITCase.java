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
        comesTo("recurrence.js", "it.inWords({rule: 'FREQ=DAILY;UNTIL=20310601'})", "FREQ=DAILY;UNTIL=20310601");
        comesTo("recurrence.js", "it.inWords({cron: '0 9 * * 1'})", "By the cron expression 0 9 * * 1");
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
    void aRecurrenceWithoutFieldsStaysAsItIs() {
        browser.choose(Map.of("language", "en")).open("agents");
        String before = "it.valuesOf({title: 'a', due_at: '2031-05-06T07:30:00Z', due_local: '2031-05-06T09:30:00',"
                + " time_zone: 'Europe/Paris', recurrence: {cron: '30 9 * * 2', overlap: 'replace'}})";
        comesTo(
                "task-form.js",
                "JSON.stringify(it.changes(" + before + ", {..." + before + ", title: 'b'}))",
                "{\"title\":\"b\"}");
        comesTo(
                "task-form.js",
                "JSON.stringify(it.changes(" + before + ", {..." + before + ", due: ''}).recurrence)",
                "null");
    }

    @Test
    void whatIsRefusedForAWhileIsAskedForAgainThen() {
        browser.choose(Map.of("language", "en")).open("agents");
        String waits = "(async () => { const [ask, later] = [fetch, setTimeout]; const waits = []; let asked = 0;"
                + "window.setTimeout = (then, millis) => { waits.push(millis); return later(then, 0); };"
                + "window.fetch = (path, how) => path !== 'v1/busy' ? ask(path, how) : Promise.resolve(asked++"
                + " ? Response.json({}) : Response.json({}, {status: 429, headers: {'Retry-After': '7'}}));"
                + "try { await it.%s; return asked + ' ' + waits.includes(7000); }"
                + "finally { window.fetch = ask; window.setTimeout = later; } })()";
        comesTo("api.js", waits.formatted("get('v1/busy')"), "2 true");
        comesTo("api.js", waits.formatted("post('v1/busy', {})"), "2 true");
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
        String text = "retry: 2000\\nevent: open\\nid: 1\\ndata: {}\\n\\n:\\n\\n"
                + "event: tasks\\nid: 2\\ndata: {\"id\": \"tâche\"}\\n\\nevent: ta";
        // Cut at each byte in turn, those of a letter too; what was told is the same each time.
        comesTo(
                "live.js",
                "(async () => { const ask = fetch; const bytes = new TextEncoder().encode('" + text + "');"
                        + "const told = new Set(); try { for (let cut = 0; cut <= bytes.length; cut++) {"
                        + "const pieces = [bytes.slice(0, cut), bytes.slice(cut)].filter(piece => piece.length);"
                        + "window.fetch = (path, how) => !path.includes('topics=cut') ? ask(path, how)"
                        + " : Promise.resolve(new Response(new ReadableStream({start: to => {"
                        + "pieces.forEach(piece => to.enqueue(piece)); to.close(); }})));"
                        + "const live = new it.Live(); const events = [];"
                        + "live.listen(event => events.push(event)); await live.connect(['cut'], live.run);"
                        + "told.add(JSON.stringify(events) + live.position); }"
                        + "return [...told].join(); } finally { window.fetch = ask; } })()",
                "[{\"name\":\"state\"},{\"name\":\"reset\"},{\"name\":\"tasks\",\"id\":\"tâche\"}]2");
    }

    /** With {@code -Dmillrace.refresh=true} they are taken anew. */
    @Test
    void picturesOfPagesAreShownAndSmall() throws IOException {
        String shown = Files.readString(Path.of("../docs/console.md"));
        picture(shown, "today", "light");
        picture(shown, "today", "dark");
        picture(shown, "approvals/q-1", "light");
        picture(shown, "runs/" + Shop.RUN, "light");
        picture(shown, "runs/" + Shop.RUN, "dark");
        picture(shown, "letters", "light");
    }

    private void picture(String shown, String page, String theme) throws IOException {
        String name = "console-" + page.split("/")[0] + "-" + theme + ".png";
        Path file = IMAGES.resolve(name);
        if (Boolean.getBoolean("millrace.refresh")) {
            browser.choose(Map.of("user", "ann", "language", "en", "theme", theme))
                    .size(1120, 760)
                    .open(page)
                    .seeText(PAGES.get(page));
            browser.seeText("Live");
            Files.createDirectories(IMAGES);
            browser.picture(file);
        }
        assertThat(shown).contains("images/" + name);
        assertThat(file).exists();
        assertThat(Files.size(file)).as(name).isLessThan(MAX_IMAGE);
    }
}
