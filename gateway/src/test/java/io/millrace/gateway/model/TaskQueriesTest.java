package io.millrace.gateway.model;

import static io.millrace.gateway.model.ReadModelTest.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.gateway.TestRecords;
import io.millrace.gateway.model.TaskSort.Key;
import io.millrace.schema.wire.SourceRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskQueriesTest {
    private static final Scope ANN = new Scope("acme", "ann");
    private static final List<TaskSort> BY_TITLE = List.of(new TaskSort(Key.TITLE, false));

    @TempDir
    Path directory;

    private final TestRecords log = new TestRecords();
    private ModelBed bed;
    private TaskQueries tasks;

    @BeforeEach
    void open() throws Exception {
        bed = new ModelBed(directory);
        tasks = new TaskQueries(bed.model());
    }

    @AfterEach
    void close() throws Exception {
        bed.close();
    }

    private SourceRecord task(String user, String id, String title, String priority, String due, String... tags) {
        return log.task("acme", user, id, 1, view -> {
            view.put("title", title);
            if (priority != null) {
                view.put("priority", priority);
            }
            if (due != null) {
                view.put("due_at", due);
            }
            if (tags.length > 0) {
                ArrayNode all = view.putArray("tags");
                List.of(tags).forEach(all::add);
            }
        });
    }

    private void tellSome() throws Exception {
        bed.tell(
                task("ann", "1", "Pay the rent", "P1", "2026-12-01T09:00:00Z", "home", "money"),
                task("ann", "2", "Löffel kaufen", "P3", null, "home"),
                task("ann", "3", "Call the landlord about rent", null, "2026-12-03T09:00:00Z", "a\"b", ","),
                task("bob", "4", "Bob pays his rent", "P1", "2026-12-01T09:00:00Z", "home"),
                log.task("beta", "ann", "5", 1, view -> view.put("title", "Rent of another tenant")),
                log.deleted("acme", "ann", "6", 1),
                log.task("acme", "ann", "7", 1, view -> view.put("status", "completed")
                        .put("title", "Done")));
    }

    private List<String> list(TaskQuery query) {
        return ids(tasks.list(ANN, query), "task_id");
    }

    private static TaskQuery query(String text, Set<String> statuses, Set<Integer> priorities, List<String> tags) {
        return new TaskQuery(text, statuses, priorities, tags, null, null, BY_TITLE, new PageRequest(null, 50));
    }

    @ParameterizedTest
    @CsvSource({
        "rent, '3,1'",
        "RENT pay, 1",
        "ren, '3,1'",
        "loffel, 2",
        "löff, 2",
        "landlord call, 3",
        "pay landlord, ''",
        "'the re', '3,1'"
    })
    void allWordsAreInATaskTheLastOneAsABeginning(String text, String found) throws Exception {
        tellSome();

        assertThat(String.join(",", list(query(text, Set.of(), Set.of(), List.of()))))
                .isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\" OR owner : \"o2",
                "rent OR his",
                "NEAR(rent his)",
                "owner : o2",
                "o1",
                "o2",
                "*",
                "\"",
                "rent\" *) OR (title : \"bob",
                "-",
                "(((",
                "{title}",
                "'; DROP TABLE tasks; --"
            })
    void nothingThatIsTypedFindsWhatIsNotOnesOwn(String text) throws Exception {
        tellSome();

        assertThat(list(query(text, Set.of(), Set.of(), List.of()))).doesNotContain("4", "5", "6");
        assertThat(list(query(null, Set.of(), Set.of(), List.of()))).hasSize(4);
    }

    @Test
    void aWordIsFoundByItsFirstLetters() throws Exception {
        tellSome();

        assertThat(list(query("l", Set.of(), Set.of(), List.of()))).containsExactly("3", "2");
        assertThat(list(query("lö", Set.of(), Set.of(), List.of()))).containsExactly("2");
        assertThat(list(query("%", Set.of(), Set.of(), List.of()))).isEmpty();
    }

    @Test
    void aTaskIsNotFoundByTheTextThatItHadBefore() throws Exception {
        tellSome();
        bed.tell(log.task("acme", "ann", "1", 2, view -> view.put("title", "Pay the gas")));

        assertThat(list(query("rent", Set.of(), Set.of(), List.of()))).containsExactly("3");
        assertThat(list(query("gas", Set.of(), Set.of(), List.of()))).containsExactly("1");
    }

    @Test
    void tasksAreFilteredByStatusPriorityTagsAndDueDate() throws Exception {
        tellSome();

        assertThat(list(query(null, Set.of("completed"), Set.of(), List.of()))).containsExactly("7");
        assertThat(list(query(null, Set.of(), Set.of(1, 3), List.of()))).containsExactly("2", "1");
        assertThat(list(query(null, Set.of(), Set.of(), List.of("home", "money"))))
                .containsExactly("1");
        assertThat(list(query(null, Set.of(), Set.of(), List.of("a\"b")))).containsExactly("3");
        assertThat(list(query(null, Set.of(), Set.of(), List.of(",")))).containsExactly("3");
        assertThat(list(query(null, Set.of(), Set.of(), List.of("hom")))).isEmpty();
        long first = Instant.parse("2026-12-01T09:00:00Z").toEpochMilli();
        assertThat(list(new TaskQuery(
                        null, Set.of(), Set.of(), List.of(), first, first + 1, BY_TITLE, new PageRequest(null, 50))))
                .containsExactly("1");
        assertThat(list(new TaskQuery(
                        null, Set.of(), Set.of(), List.of(), first + 1, null, BY_TITLE, new PageRequest(null, 50))))
                .containsExactlyInAnyOrder("2", "3", "7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"due", "-due", "priority,-due", "-priority,title", "-updated", "created,-title", "status,-title"
            })
    void pagesHoldEachTaskOnceInTheOrderOfTheWhole(String sort) throws Exception {
        List<SourceRecord> all = new ArrayList<>();
        for (int i = 0; i < 57; i++) {
            int n = i;
            all.add(log.task("acme", "ann", "t-" + i, 1 + i % 4, view -> {
                view.put("title", "Title " + n % 5).put("status", n % 3 == 0 ? "completed" : "open");
                if (n % 4 != 0) {
                    view.put("due_at", "2026-12-0" + (1 + n % 3) + "T09:00:00Z").put("priority", "P" + (1 + n % 4));
                }
            }));
        }
        bed.tell(all);
        List<TaskSort> sorts = new ArrayList<>();
        for (String word : sort.split(",")) {
            boolean descending = word.startsWith("-");
            sorts.add(new TaskSort(Key.valueOf(word.replace("-", "").toUpperCase(Locale.ROOT)), descending));
        }
        List<String> whole =
                list(new TaskQuery(null, Set.of(), Set.of(), List.of(), null, null, sorts, new PageRequest(null, 100)));

        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            Page page = tasks.list(
                    ANN,
                    new TaskQuery(null, Set.of(), Set.of(), List.of(), null, null, sorts, new PageRequest(cursor, 7)));
            paged.addAll(ids(page, "task_id"));
            cursor = page.next();
        } while (cursor != null);

        assertThat(whole).hasSize(57).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void whatHasNoDueDateComesAfterWhatHasOne() throws Exception {
        tellSome();

        assertThat(list(new TaskQuery(
                        null,
                        Set.of("open"),
                        Set.of(),
                        List.of(),
                        null,
                        null,
                        List.of(new TaskSort(Key.DUE, false)),
                        new PageRequest(null, 50))))
                .containsExactly("1", "3", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "AAAA", "W10", "WyJkdWUiXQ", "WyJ0aXRsZSx0YXNrX2lkIix7fSwxXQ", "%%%"})
    void aCursorOfNoListIsRefused(String cursor) throws Exception {
        tellSome();

        assertThatThrownBy(() -> tasks.list(
                        ANN,
                        new TaskQuery(
                                null, Set.of(), Set.of(), List.of(), null, null, BY_TITLE, new PageRequest(cursor, 5))))
                .isInstanceOf(BadCursorException.class);
    }

    @Test
    void tagsAreCountedForAPersonAlone() throws Exception {
        tellSome();

        assertThat(tasks.tags(ANN))
                .containsExactly(
                        new TaskQueries.Tag("home", 2, 2),
                        new TaskQueries.Tag(",", 1, 1),
                        new TaskQueries.Tag("a\"b", 1, 1),
                        new TaskQueries.Tag("money", 1, 1));
        assertThat(tasks.tags(new Scope("nobody", "ann"))).isEmpty();
    }

    @Test
    void tasksAreAlwaysOfAPerson() {
        assertThatThrownBy(() -> tasks.find(Scope.of("acme"), "1")).isInstanceOf(NullPointerException.class);
    }
}
