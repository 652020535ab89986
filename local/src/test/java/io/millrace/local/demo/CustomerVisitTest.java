package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageSent;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import io.millrace.schema.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CustomerVisitTest {
    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    private static final CustomerStories.Story STORY =
            new CustomerStories.Story("en", List.of("Hi", "Where is it?", "+ order 7", "Thanks"));

    private final CustomerVisit visit = new CustomerVisit("c-1", STORY, "Maya here", new Random(1), NOW);

    private List<String> said(Instant by) {
        List<String> said = new ArrayList<>();
        for (ConversationEvent event : visit.due(by)) {
            if (event instanceof MessageReceived message) {
                said.add(message.text());
            } else if (event instanceof MessageSent sent) {
                said.add(sent.by() + ": " + sent.text());
            } else if (event instanceof ConversationClosed) {
                said.add("closed");
            }
        }
        return said;
    }

    @Test
    void aCustomerGoesOnWhenAnsweredAndLeavesAtTheEnd() {
        assertThat(said(NOW)).containsExactly("Hi");
        assertThat(said(NOW.plusSeconds(60))).isEmpty();
        visit.answered(NOW.plusSeconds(60));
        assertThat(said(NOW.plusSeconds(70))).containsExactly("Where is it?", "order 7");
        visit.answered(NOW.plusSeconds(80));
        assertThat(said(NOW.plusSeconds(90))).containsExactly("Thanks");
        assertThat(visit.isOver(NOW.plusSeconds(90))).isFalse();
        visit.answered(NOW.plusSeconds(91));
        said(NOW.plusSeconds(100));
        assertThat(visit.isOver(NOW.plusSeconds(100))).isTrue();
    }

    @Test
    void aPersonWhoIsAskedAnswersOnceAndClosesIt() {
        said(NOW);
        visit.handedOver(NOW.plusSeconds(1));
        visit.handedOver(NOW.plusSeconds(2));
        assertThat(said(NOW.plusSeconds(60))).containsExactly("desk: Maya here", "closed");
        assertThat(visit.isOver(NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void whoHearsNothingLeaves() {
        said(NOW);
        assertThat(visit.isOver(NOW.plusSeconds(119))).isFalse();
        assertThat(visit.isOver(NOW.plusSeconds(120))).isTrue();
    }

    @Test
    void everyLineOfTheStoriesIsAMessageThatTheJobTakes() throws RejectedEventException {
        CustomerStories stories = CustomerStories.shipped();
        assertThat(stories.conversations().stream().map(CustomerStories.Story::language))
                .contains("en", "fr-CA", "es");
        for (CustomerStories.Story story : stories.conversations()) {
            assertThat(stories.desk().get(story.language())).isNotEmpty();
            assertThat(story.isAtOnce(0)).isFalse();
            CustomerVisit each = new CustomerVisit("c", story, "x", new Random(1), NOW);
            Instant at = NOW;
            for (int line = 0; line < story.lines().size(); line++) {
                for (ConversationEvent event : each.due(at)) {
                    ConversationEvent.read(
                            new SourceRecord(Topics.CONVERSATION_EVENTS, 0, 0, 0, null, event.toJson(), List.of()));
                }
                at = at.plusSeconds(30);
                each.answered(at);
            }
        }
    }
}
