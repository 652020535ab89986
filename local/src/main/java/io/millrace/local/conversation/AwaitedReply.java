package io.millrace.local.conversation;

import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.ConversationView;
import io.millrace.schema.conversation.ConversationView.Phase;
import java.util.Locale;

/**
 * Whether a customer has heard what there is to hear of what they wrote. A reply alone does not tell: it may answer what
 * was written before. So the view says that all messages are counted and nothing is under way, and the reply to the
 * latest turn is there.
 */
public final class AwaitedReply {
    private final ConversationView before;
    private long sent;
    private int answered;
    private boolean heard;
    private ConversationView view;

    /** @param before how the conversation was at first; null when there was none */
    public AwaitedReply(ConversationView before) {
        this.before = before;
    }

    /** The customer wrote. */
    public void sent() {
        sent++;
        heard = false;
    }

    public void replied(ConversationReply reply) {
        answered = Math.max(answered, reply.turn());
        heard |= reply.turn() == 0;
    }

    /** A person wrote. */
    public void personWrote() {
        heard = true;
    }

    public void shown(ConversationView latest) {
        view = view == null || Conversations.isLater(latest, view) ? latest : view;
    }

    public boolean isOver() {
        if (sent == 0) {
            return true;
        }
        if (view == null || view.messages() < counted() + sent || view.state() == Phase.ANSWERING) {
            return false;
        }
        return heard || view.state() == Phase.OPEN && answered >= view.turns();
    }

    /** How many messages there were; of a conversation that was forgotten and began anew, none count. */
    private long counted() {
        return before == null || !before.startedAt().equals(view.startedAt()) ? 0 : before.messages();
    }

    /** Why there is none yet, and what to look at. */
    public String whyNot(String conversationId) {
        Phase state = view == null ? null : view.state();
        if (state == Phase.ESCALATED || state == Phase.ASSIGNED) {
            return "a person has the conversation: ./millrace chat --as-agent WHO --conversation " + conversationId
                    + " answers";
        }
        if (view == null || view.messages() < counted() + sent) {
            return "the message was not taken; does the job conversations run? ./millrace jobs tells";
        }
        return "the conversation is " + state.name().toLowerCase(Locale.ROOT) + "; ./millrace jobs tells"
                + " what runs, ./millrace workflow list what became of the turn"
                + (view.lastRun() == null ? "" : ", ./millrace workflow show " + view.lastRun() + " why");
    }
}
