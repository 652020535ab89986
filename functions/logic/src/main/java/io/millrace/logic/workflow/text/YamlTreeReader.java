package io.millrace.logic.workflow.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML 1.2 with its core schema, so that {@code on} and {@code no} are texts, of which one value is written once:
 * neither anchors nor tags. The library's parser is asked for events alone; nothing is constructed by it.
 */
final class YamlTreeReader {
    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern OTHER_BASE = Pattern.compile("0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}");
    private static final Pattern FRACTION = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final String MERGE = "<<";

    private final TreeMaker maker = new TreeMaker();

    private YamlTreeReader() {}

    static MarkedTree read(String text) throws UnreadableException {
        YamlTreeReader reader = new YamlTreeReader();
        try {
            Parser parser = new ParserImpl(new StreamReader(text), new LoaderOptions());
            for (Event event = parser.getEvent(); event != null; event = parser.getEvent()) {
                reader.report(event);
            }
        } catch (MarkedYAMLException e) {
            Mark at = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            throw new UnreadableException(line(at), column(at), "is no YAML: " + problem(e));
        } catch (YAMLException e) {
            throw new UnreadableException(1, 1, "is no YAML: " + e.getMessage().replaceAll("\\s+", " "));
        }
        return reader.maker.tree();
    }

    private static String problem(MarkedYAMLException e) {
        String problem = e.getProblem() == null ? e.getContext() : e.getProblem();
        return problem.replaceAll("\\s+", " ");
    }

    private void report(Event event) throws UnreadableException {
        Mark at = event.getStartMark();
        if (event.is(Event.ID.DocumentStart) && maker.tree() != null) {
            throw unreadable(at, "more than one document");
        }
        if (event instanceof NodeEvent node) {
            requirePlain(node, at);
        }
        if (event.is(Event.ID.SequenceEnd) || event.is(Event.ID.MappingEnd)) {
            maker.end();
        } else if (event instanceof CollectionStartEvent && maker.awaitsName()) {
            throw unreadable(at, "the name of a member must be a text");
        } else if (event.is(Event.ID.MappingStart)) {
            maker.beginObject(line(at), column(at));
        } else if (event.is(Event.ID.SequenceStart)) {
            maker.beginArray(line(at), column(at));
        } else if (event instanceof ScalarEvent scalar) {
            scalar(scalar, at);
        }
    }

    /** An alias repeats a value without writing it: nine lines become gigabytes. */
    private static void requirePlain(NodeEvent node, Mark at) throws UnreadableException {
        if (node instanceof AliasEvent || node.getAnchor() != null) {
            throw unreadable(
                    at, "anchors and aliases (&" + node.getAnchor() + ", *" + node.getAnchor() + ") are not supported");
        }
        String tag = node instanceof ScalarEvent scalar
                ? scalar.getTag()
                : node instanceof CollectionStartEvent start ? start.getTag() : null;
        if (tag != null) {
            throw unreadable(at, "tags (" + tag.replace("tag:yaml.org,2002:", "!!") + ") are not supported");
        }
    }

    private void scalar(ScalarEvent scalar, Mark at) throws UnreadableException {
        if (!maker.awaitsName()) {
            maker.value(value(scalar, at), line(at), column(at));
            return;
        }
        if (scalar.isPlain() && scalar.getValue().equals(MERGE)) {
            throw unreadable(at, "merging (<<) is not supported");
        }
        maker.name(scalar.getValue(), line(at), column(at));
    }

    private static JsonNode value(ScalarEvent scalar, Mark at) throws UnreadableException {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return TextNode.valueOf(text);
        }
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return NullNode.instance;
            case "true", "True", "TRUE":
                return BooleanNode.TRUE;
            case "false", "False", "FALSE":
                return BooleanNode.FALSE;
            default:
                return number(text, at);
        }
    }

    private static JsonNode number(String text, Mark at) throws UnreadableException {
        if (WHOLE.matcher(text).matches()) {
            return TreeMaker.number(Long.parseLong(text));
        }
        if (OTHER_BASE.matcher(text).matches()) {
            return TreeMaker.number(Long.parseLong(text.substring(2), text.charAt(1) == 'x' ? 16 : 8));
        }
        if (FRACTION.matcher(text).matches()) {
            double number = Double.parseDouble(text);
            if (Double.isInfinite(number)) {
                throw unreadable(at, "the number is too large");
            }
            return DoubleNode.valueOf(number);
        }
        if (NO_NUMBER.matcher(text).matches()) {
            throw unreadable(at, text + " is no number of JSON; a text has to be in quotes");
        }
        return TextNode.valueOf(text);
    }

    private static UnreadableException unreadable(Mark at, String message) {
        return new UnreadableException(line(at), column(at), message);
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }

    private static int column(Mark mark) {
        return mark == null ? 1 : mark.getColumn() + 1;
    }
}
