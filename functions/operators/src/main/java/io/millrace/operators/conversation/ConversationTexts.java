package io.millrace.operators.conversation;

import io.millrace.logic.pii.Tokens;
import io.millrace.logic.vault.VaultOwner;
import io.millrace.logic.vault.VaultTexts;
import io.millrace.schema.conversation.ConversationClosed;
import io.millrace.schema.conversation.ConversationErased;
import io.millrace.schema.conversation.ConversationEvent;
import io.millrace.schema.conversation.ConversationInput;
import io.millrace.schema.conversation.ConversationRated;
import io.millrace.schema.conversation.ConversationReply;
import io.millrace.schema.conversation.MessageReceived;
import io.millrace.schema.conversation.MessageReceived.Attachment;
import io.millrace.schema.conversation.MessageSent;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the texts of conversations are. Ids are none: they are left as they are. Tokens are longer than most of what they
 * stand for; a text that is too long with them is cut.
 */
final class ConversationTexts implements VaultTexts<ConversationEvent, ConversationReply> {
    private static final int MAX_REASON = 100;
    private static final int MAX_COMMENT = 2_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_MEDIA_TYPE = 100;
    private static final int MAX_URL = 2_000;

    @Override
    public VaultOwner ownerOf(ConversationEvent event) {
        return new VaultOwner(event.envelope().tenant(), event.conversationId());
    }

    @Override
    public boolean erases(ConversationEvent event) {
        return event instanceof ConversationErased;
    }

    @Override
    public ConversationEvent conceal(ConversationEvent event, UnaryOperator<String> concealer) {
        if (event instanceof MessageReceived message) {
            List<Attachment> attachments = message.attachments().stream()
                    .map(attachment -> conceal(attachment, concealer))
                    .toList();
            return new MessageReceived(
                    message.envelope(),
                    message.conversationId(),
                    message.customerId(),
                    message.channel(),
                    conceal(message.text(), concealer, ConversationInput.MAX_TEXT),
                    attachments);
        }
        if (event instanceof MessageSent message) {
            return message.withText(conceal(message.text(), concealer, ConversationInput.MAX_TEXT));
        }
        if (event instanceof ConversationRated rated) {
            return rated.withComment(conceal(rated.comment(), concealer, MAX_COMMENT));
        }
        if (event instanceof ConversationClosed closed) {
            return new ConversationClosed(
                    closed.envelope(), closed.conversationId(), conceal(closed.reason(), concealer, MAX_REASON));
        }
        return event;
    }

    private static Attachment conceal(Attachment attachment, UnaryOperator<String> concealer) {
        return new Attachment(
                conceal(attachment.name(), concealer, MAX_NAME),
                conceal(attachment.mediaType(), concealer, MAX_MEDIA_TYPE),
                conceal(attachment.url(), concealer, MAX_URL));
    }

    private static String conceal(String text, UnaryOperator<String> concealer, int most) {
        return cut(text == null ? null : concealer.apply(text), most);
    }

    /** The beginning of a text, without half of a token or of a character. */
    static String cut(String text, int most) {
        if (text == null || text.length() <= most) {
            return text;
        }
        int token = Tokens.next(text, Math.max(0, most - Tokens.LENGTH + 1));
        int end = Math.min(most, token);
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    @Override
    public VaultOwner ownerOfReply(ConversationReply reply) {
        return new VaultOwner(reply.envelope().tenant(), reply.conversationId());
    }

    @Override
    public String languageOf(ConversationReply reply) {
        return reply.language();
    }

    @Override
    public ConversationReply reveal(ConversationReply reply, UnaryOperator<String> revealer) {
        return reply.withText(revealer.apply(reply.text()));
    }
}
