package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.millrace.schema.wire.IsolatedJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON. */
final class JsonTreeReader {
    private JsonTreeReader() {}

    static MarkedTree read(String text) throws UnreadableException {
        TreeMaker maker = new TreeMaker();
        try (JsonParser parser = IsolatedJson.factory().build().createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                JsonLocation at = parser.currentTokenLocation();
                if (maker.isDone()) {
                    throw new UnreadableException(at.getLineNr(), at.getColumnNr(), "more than one document");
                }
                report(maker, parser, token, at);
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new UnreadableException(
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr(),
                    "is no JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return maker.tree();
    }

    private static void report(TreeMaker maker, JsonParser parser, JsonToken token, JsonLocation at)
            throws IOException, UnreadableException {
        switch (token) {
            case START_OBJECT -> maker.beginObject(at.getLineNr(), at.getColumnNr());
            case START_ARRAY -> maker.beginArray(at.getLineNr(), at.getColumnNr());
            case END_OBJECT, END_ARRAY -> maker.end();
            case FIELD_NAME -> maker.name(parser.currentName(), at.getLineNr(), at.getColumnNr());
            default -> maker.value(scalar(parser, token), at.getLineNr(), at.getColumnNr());
        }
    }

    private static JsonNode scalar(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            default -> number(parser);
        };
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> TreeMaker.number(parser.getLongValue());
            default -> DoubleNode.valueOf(parser.getDoubleValue());
        };
    }
}
