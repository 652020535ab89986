package io.millrace.logic.rollout;

import static io.millrace.logic.rollout.TestRollout.BEGIN;
import static io.millrace.logic.rollout.TestRollout.defined;
import static io.millrace.logic.rollout.TestRollout.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.decision.Wakes;
import io.millrace.logic.rollout.RolloutDirectory.Effect;
import io.millrace.logic.rollout.RolloutDirectory.Told;
import io.millrace.schema.rollout.FlagObserved;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutDefined;
import io.millrace.schema.rollout.RolloutDefined.Dependency;
import io.millrace.schema.rollout.RolloutDefined.Strategy;
import io.millrace.schema.rollout.RolloutInput;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RolloutDirectoryTest {
    private static final RolloutDefined CHECKOUT = defined(null, 60, 10, 100);

    private final RolloutDirectory directory = new RolloutDirectory();
    private final List<Told> told = new ArrayList<>();
    private DirectoryState state;
    private long ids;

    private Effect take(RolloutFact fact) {
        Decision<DirectoryState, Effect, Told> decision = directory.decide(RolloutDirectory.KEY, state, fact, BEGIN);
        state = decision.state();
        told.addAll(decision.commands());
        return decision.effect();
    }

    private List<RolloutInput> inputs() {
        return told.stream().map(Told::input).filter(Objects::nonNull).toList();
    }

    private RolloutCommand command(String rollout, Action action) {
        return new RolloutCommand(
                envelope(new UUID(1, ids++), "rollout.command", BEGIN), rollout, action, "ann", null, null);
    }

    private static FlagSeen flag(String name, String serves) {
        return new FlagSeen(name, "{}", serves, BEGIN, 1);
    }

    @Test
    void aCommandGoesToTheFlagOfItsRollOut() {
        take(RolloutFact.of(CHECKOUT));
        RolloutCommand start = command("checkout-v2", Action.START);
        take(RolloutFact.of(start));

        assertThat(inputs()).extracting(RolloutInput::flag).containsExactly("checkout", "checkout");
        assertThat(inputs().get(1).envelope().eventId())
                .isEqualTo(start.envelope().eventId());
    }

    @Test
    void aCommandThatComesBeforeItsDefinitionWaitsForIt() {
        assertThat(take(RolloutFact.of(command("checkout-v2", Action.START)))).isEqualTo(Effect.WAITS);
        take(RolloutFact.of(CHECKOUT));

        assertThat(inputs()).hasSize(2);
        assertThat(directory.nextWake(state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCommandOfARollOutThatNobodyDefinesIsRefused() {
        take(RolloutFact.of(command("checkout-v2", Action.START)));
        state = Wakes.until(directory, RolloutDirectory.KEY, state, BEGIN + RolloutDirectory.WAIT_MILLIS, told::addAll);

        assertThat(told).singleElement().satisfies(one -> assertThat(
                        one.refused().reason())
                .isEqualTo("start: there is no roll-out of that name"));
        assertThat(directory.nextWake(state)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatConcernsAllGoesToEachFlagAndToThoseThatComeLater() {
        take(RolloutFact.of(CHECKOUT));
        RolloutCommand freeze = command(RolloutCommand.ALL, Action.FREEZE);
        take(RolloutFact.of(freeze));
        take(RolloutFact.of(renamed("search-v2", "search", List.of())));

        assertThat(inputs()).extracting(RolloutInput::flag).containsExactly("checkout", "checkout", "search", "search");
        assertThat(inputs()).extracting(input -> input.envelope().eventId()).doesNotHaveDuplicates();
        take(RolloutFact.of(command(RolloutCommand.ALL, Action.UNFREEZE)));
        told.clear();
        take(RolloutFact.of(renamed("cart-v2", "cart", List.of())));
        assertThat(inputs()).hasSize(1);
    }

    private static RolloutDefined renamed(String name, String flag, List<Dependency> after) {
        RolloutDefined d = defined(name, Strategy.ALL_AT_ONCE, List.of(), null);
        return new RolloutDefined(
                d.envelope(),
                name,
                null,
                flag,
                "new",
                "old",
                d.strategy(),
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                after,
                null,
                null,
                null);
    }

    @Test
    void whoeverDependsOnAFlagLearnsWhatItServes() {
        take(RolloutFact.of(flag("payments", "v1")));
        take(RolloutFact.of(renamed("checkout-v2", "checkout", List.of(new Dependency("payments", "v2")))));
        assertThat(take(RolloutFact.of(flag("payments", "v1")))).isEqualTo(Effect.NOTED);
        take(RolloutFact.of(flag("payments", "v2")));
        take(RolloutFact.of(flag("payments", null)));
        take(RolloutFact.of(flag("search", "v2")));

        assertThat(inputs()).filteredOn(FlagObserved.class::isInstance).allSatisfy(input -> {
            assertThat(input.flag()).isEqualTo("checkout");
            assertThat(((FlagObserved) input).observed()).isEqualTo("payments");
        });
        assertThat(inputs())
                .filteredOn(FlagObserved.class::isInstance)
                .extracting(input -> ((FlagObserved) input).serves())
                .containsExactly("v1", "v2", null);
    }

    @Test
    void aNameIsOfOneFlag() {
        take(RolloutFact.of(CHECKOUT));
        assertThat(take(RolloutFact.of(renamed("checkout-v2", "search", List.of()))))
                .isEqualTo(Effect.REFUSED);
        take(RolloutFact.removed("checkout-v2"));
        assertThat(inputs().get(1)).isInstanceOfSatisfying(RolloutCommand.class, command -> assertThat(command.action())
                .isEqualTo(Action.FORGET));
        assertThat(take(RolloutFact.removed("checkout-v2"))).isEqualTo(Effect.NOTED);
        assertThat(take(RolloutFact.of(renamed("checkout-v2", "search", List.of()))))
                .isEqualTo(Effect.TOLD);
    }

    @Test
    void whatIsRememberedIsBounded() {
        for (int i = 0; i <= RolloutDirectory.MAX_ROLLOUTS; i++) {
            take(RolloutFact.of(renamed("r-" + i, "f-" + i, List.of())));
        }
        for (int i = 0; i <= 210; i++) {
            take(RolloutFact.of(command("none", Action.START)));
        }
        for (int i = 0; i <= RolloutDirectory.MAX_FLAGS; i++) {
            take(RolloutFact.of(flag("f-" + i, "x")));
        }

        assertThat(state.rollouts()).hasSize(RolloutDirectory.MAX_ROLLOUTS);
        assertThat(state.waiting()).hasSize(200);
        assertThat(state.flags()).hasSize(RolloutDirectory.MAX_FLAGS);
        assertThat(told).filteredOn(one -> one.refused() != null).hasSize(12);
    }

    @Test
    void aRecordOfTheTopicOfFlagsIsReadOrRefusedByName() throws Exception {
        FlagSeen seen = FlagSeen.read(source("checkout", TestRollout.SIMPLE));
        assertThat(seen.serves()).isEqualTo("old");
        assertThat(seen.observed().definition()).isEqualTo(TestRollout.SIMPLE);
        assertThat(FlagSeen.read(source("checkout", null)).observed().gone()).isTrue();
        assertThatThrownBy(() -> FlagSeen.read(source("", TestRollout.SIMPLE)))
                .isInstanceOf(RejectedEventException.class);
        assertThatThrownBy(() -> FlagSeen.read(source("a\nb", TestRollout.SIMPLE)))
                .isInstanceOf(RejectedEventException.class);
        assertThatThrownBy(() -> FlagSeen.read(source("checkout", "x".repeat(200_000))))
                .isInstanceOf(RejectedEventException.class);
    }

    private static SourceRecord source(String key, String value) {
        return new SourceRecord(
                "flags",
                0,
                3,
                BEGIN,
                key.getBytes(StandardCharsets.UTF_8),
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                List.of());
    }
}
