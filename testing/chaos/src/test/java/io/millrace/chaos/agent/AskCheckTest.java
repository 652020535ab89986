package io.millrace.chaos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.auditor.Offence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A small episode in which all is right, and what is said when one thing is not. */
class AskCheckTest {
    private final Map<UUID, PlannedCall> calls = new HashMap<>();
    private final List<Ask> asks = new ArrayList<>();
    private final Map<UUID, Answer> answers = new HashMap<>();
    private final Map<String, Long> costs = new HashMap<>();

    private final PlannedCall prompt = call(AgentKind.PROMPT, 1, false);
    private final PlannedCall broken = call(AgentKind.BROKEN, 2, false);
    private final PlannedCall priced = call(AgentKind.PRICED, 3, false);
    private final PlannedCall kept = call(AgentKind.KEPT, 4, true);
    private final PlannedCall keptToo = call(AgentKind.KEPT, 4, true);
    private final PlannedCall guarded = call(AgentKind.GUARDED, 5, false);

    private PlannedCall call(AgentKind kind, int number, boolean shares) {
        PlannedCall call = new PlannedCall("e1-even", "c-" + calls.size(), kind, "e1-" + kind, number, shares, true);
        calls.put(call.key(), call);
        return call;
    }

    @BeforeEach
    void allIsRight() {
        ask(AgentKind.PROMPT, prompt.key().toString(), 1, 1);
        ask(AgentKind.BROKEN, broken.key().toString(), 1, 2);
        ask(AgentKind.BROKEN, broken.key().toString(), 2, 2);
        ask(AgentKind.BACKUP, broken.key() + "@e1-backup", 1, 2);
        ask(AgentKind.PRICED, priced.key().toString(), 1, 3);
        ask(AgentKind.KEPT, kept.key().toString(), 1, 4);
        answer(prompt, prompt.agent());
        answer(broken, "e1-backup");
        answer(priced, priced.agent());
        answer(kept, kept.agent());
        answer(keptToo, kept.agent());
        answers.put(guarded.key(), new Answer("REFUSED", "approval_required", null, false, null));
        costs.put(prompt.key() + "#1", 0L);
        costs.put(priced.key() + "#1", AgentKind.tokens(priced.key().toString(), 1));
    }

    private void ask(AgentKind kind, String key, int attempt, int number) {
        asks.add(new Ask(kind, "e1-" + kind, key, attempt, number, Instant.EPOCH));
    }

    private void answer(PlannedCall call, String answeredBy) {
        answers.put(call.key(), new Answer("OK", null, answeredBy, false, AgentKind.answer(call.number())));
    }

    private List<String> offences() {
        return new AskCheck(calls, asks)
                .offences(answers, costs).stream().map(Offence::toString).toList();
    }

    @Test
    void nothingIsFoundWhereAllIsRight() {
        assertThat(offences()).isEmpty();
    }

    @Test
    void anAttemptMadeAgainIsCountedAndNoOffence() {
        ask(AgentKind.PROMPT, prompt.key().toString(), 1, 1);

        assertThat(offences()).isEmpty();
        assertThat(new AskCheck(calls, asks).repeated()).isEqualTo(1);
    }

    @Test
    void aKeyThatNobodyCalledIsFound() {
        ask(AgentKind.PROMPT, UUID.randomUUID().toString(), 1, 1);
        ask(AgentKind.PROMPT, "", 1, 1);

        assertThat(offences()).hasSize(2).allMatch(each -> each.contains("the key of no call"));
    }

    @Test
    void aCallMadeUnderTheKeyOfAnotherAgentsIsFound() {
        ask(AgentKind.SLOW, prompt.key().toString(), 1, 1);
        ask(AgentKind.BACKUP, broken.key().toString(), 1, 2);
        ask(AgentKind.BACKUP, prompt.key() + "@e1-backup", 1, 1);

        assertThat(offences()).hasSize(3).allMatch(each -> each.contains("not for that agent"));
    }

    @Test
    void anAgentAskedWithoutApprovalIsFound() {
        ask(AgentKind.GUARDED, guarded.key().toString(), 1, 5);

        assertThat(offences()).singleElement().asString().contains("nobody approved");
    }

    @Test
    void anotherInputUnderTheSameKeyIsFound() {
        ask(AgentKind.PROMPT, prompt.key().toString(), 1, 1_000_001);

        assertThat(offences()).singleElement().asString().contains("though the call is about 1");
    }

    @Test
    void moreAttemptsThanAllowedAreFound() {
        ask(AgentKind.PROMPT, prompt.key().toString(), 4, 1);

        assertThat(offences()).singleElement().asString().contains("more often");
    }

    @Test
    void anAnswerThatNobodyWasAskedForIsFound() {
        asks.removeIf(ask -> ask.kind() == AgentKind.PROMPT || ask.kind() == AgentKind.KEPT);

        // Of the prompt agent its outcome too
        assertThat(offences())
                .hasSize(4)
                .filteredOn(each -> each.contains("was not asked"))
                .hasSize(3);
    }

    @Test
    void theAnswerToAnotherQuestionIsFound() {
        answers.put(prompt.key(), new Answer("OK", null, prompt.agent(), false, 3));

        assertThat(offences()).singleElement().asString().contains("answered with 3, not 2");
    }

    @Test
    void aRegisteredAgentThatIsCalledUnknownIsFound() {
        answers.put(prompt.key(), new Answer("REFUSED", "unknown_agent", null, false, null));

        assertThat(offences()).singleElement().asString().contains("registered before");
    }

    @Test
    void moneyThatTheAgentDidNotTakeIsFound() {
        costs.merge(priced.key() + "#1", 1L, Long::sum);

        assertThat(offences()).singleElement().asString().contains("is said to have cost");
    }

    @Test
    void whatAnAgentUsedForNothingIsCounted() {
        costs.clear();

        assertThat(new AskCheck(calls, asks).unknownTokens(costs))
                .isEqualTo(AgentKind.tokens(priced.key().toString(), 1));
    }
}
