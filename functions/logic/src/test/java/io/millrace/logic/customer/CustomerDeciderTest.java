package io.millrace.logic.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.logic.customer.CustomerDecider.Effect;
import io.millrace.logic.decision.Decision;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustomerDeciderTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final Duration TIME_TO_LIVE = Duration.ofDays(400);
    private static final UUID REQUEST = new UUID(7, 7);

    private final CustomerDecider decider = new CustomerDecider(TIME_TO_LIVE);
    private CustomerState state;

    private Decision<CustomerState, Effect, EraseConversation> tell(String conversation, UUID event, long time) {
        CustomerInput input = new CustomerInput("acme", "cu-1", conversation, event, null);
        Decision<CustomerState, Effect, EraseConversation> decision = decider.decide(input.key(), state, input, time);
        state = decision.state();
        return decision;
    }

    private Effect seen(String conversation, long time) {
        return tell(conversation, new UUID(1, time), time).effect();
    }

    private List<EraseConversation> erase(long time) {
        return tell(null, REQUEST, time).commands();
    }

    @Test
    void allConversationsOfACustomerAreErased() {
        assertThat(seen("c-1", NOW)).isEqualTo(Effect.LINKED);
        assertThat(seen("c-2", NOW + 1)).isEqualTo(Effect.LINKED);
        assertThat(seen("c-1", NOW + 2)).isEqualTo(Effect.KNOWN);

        List<EraseConversation> erased = erase(NOW + 3);
        assertThat(erased).extracting(EraseConversation::conversationId).containsExactly("c-1", "c-2");
        assertThat(erased).allMatch(each -> each.request().equals(REQUEST) && each.at() == NOW + 3);
    }

    @Test
    void whoAsksAgainIsAnsweredAgainForAsLongAsTheErasureIsRemembered() {
        seen("c-1", NOW);
        erase(NOW + 3);
        seen("c-2", NOW + 4);

        assertThat(tell(null, new UUID(7, 8), NOW + 5).commands())
                .extracting(EraseConversation::conversationId)
                .containsExactly("c-1", "c-2");
        assertThat(seen("c-1", NOW + 6)).as("the customer writes again").isEqualTo(Effect.KNOWN);
        state = decider.wake("acme\ncu-1", state, decider.nextWake(state)).state();
        assertThat(state.links()).extracting(CustomerState.Link::conversationId).containsExactly("c-1");
        assertThat(state.erasedBy()).isNull();
    }

    @Test
    void aConversationThatWasErasedIsNoLossWhereThereAreTooMany() {
        for (int i = 0; i < CustomerDecider.MOST_CONVERSATIONS; i++) {
            seen("c-" + i, NOW + i);
        }
        erase(NOW + 100_000);
        assertThat(seen("one-more", NOW + 100_001)).isEqualTo(Effect.LINKED);
        assertThat(tell(null, REQUEST, NOW + 200_000).effect()).isEqualTo(Effect.ERASED);
    }

    @Test
    void anErasureSentAgainHasTheSameIds() {
        seen("c-1", NOW);
        CustomerState before = state;
        UUID first = erase(NOW + 3).get(0).eventId();
        state = before;

        assertThat(erase(NOW + 3).get(0).eventId()).isEqualTo(first);
    }

    @Test
    void aConversationThatWasLoggedBeforeAnErasureAndComesAfterItIsErasedToo() {
        erase(NOW + 3);

        Decision<CustomerState, Effect, EraseConversation> late = tell("c-1", new UUID(1, 1), NOW + 2);
        assertThat(late.effect()).isEqualTo(Effect.ERASED_LATE);
        assertThat(late.commands()).extracting(EraseConversation::request).containsExactly(REQUEST);
        assertThat(seen("c-2", NOW + 4)).isEqualTo(Effect.LINKED);
        assertThat(erase(NOW + 5)).extracting(EraseConversation::conversationId).containsExactly("c-1", "c-2");
    }

    @Test
    void aStateIsNotWrittenForEachMessage() {
        seen("c-1", NOW);
        CustomerState before = state;
        seen("c-1", NOW + CustomerDecider.DAY - 1);
        assertThat(state).isSameAs(before);

        seen("c-1", NOW + CustomerDecider.DAY);
        assertThat(state.links()).extracting(CustomerState.Link::seenAt).containsExactly(NOW + CustomerDecider.DAY);
    }

    @Test
    void ofTooManyConversationsTheOneSeenLongestAgoIsForgottenAndTheErasureSaysSo() {
        for (int i = 0; i < CustomerDecider.MOST_CONVERSATIONS; i++) {
            assertThat(seen("c-" + i, NOW + i)).isEqualTo(Effect.LINKED);
        }
        assertThat(seen("one-more", NOW + 100_000)).isEqualTo(Effect.FORGOTTEN);

        Decision<CustomerState, Effect, EraseConversation> erased = tell(null, REQUEST, NOW + 200_000);
        assertThat(erased.effect()).isEqualTo(Effect.ERASED_INCOMPLETELY);
        assertThat(erased.commands())
                .hasSize(CustomerDecider.MOST_CONVERSATIONS)
                .noneMatch(each -> each.conversationId().equals("c-0"));
    }

    @Test
    void whatIsTooOldIsForgotten() {
        seen("c-1", NOW);
        seen("c-2", NOW + 10 * CustomerDecider.DAY);

        long first = decider.nextWake(state);
        assertThat(first).isEqualTo(NOW + TIME_TO_LIVE.toMillis() + CustomerDecider.DAY);
        state = decider.wake("acme\ncu-1", state, first).state();
        assertThat(state.links()).extracting(CustomerState.Link::conversationId).containsExactly("c-2");
        assertThat(decider.wake("acme\ncu-1", state, decider.nextWake(state)).state())
                .isNull();
    }

    @Test
    void anErasureIsRememberedForAWeek() {
        erase(NOW);

        assertThat(decider.nextWake(state)).isEqualTo(NOW + CustomerDecider.LATE);
        assertThat(decider.wake("acme\ncu-1", state, decider.nextWake(state)).state())
                .isNull();
    }

    @Test
    void aStateIsReadAsItWasWritten() throws IOException {
        seen("c-1", NOW);
        erase(NOW + 1);
        seen("c-2", NOW + 2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new CustomerStateCodec().write(state, new DataOutputStream(bytes));

        assertThat(new CustomerStateCodec().read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(state);
    }
}
