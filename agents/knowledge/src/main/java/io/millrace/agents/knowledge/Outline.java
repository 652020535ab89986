package io.millrace.agents.knowledge;

import io.millrace.schema.knowledge.KnowledgeDocument.Format;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The sections of a document, whatever it is written in: what a reader sees, and nothing else. */
final class Outline {
    /** Of a heading that is kept as such. */
    private static final int MAX_HEADING = 200;

    private static final int MAX_LEVEL = 6;
    private static final String HIDDEN = "script|style|template|noscript|head|svg|iframe|object";

    private final List<Section> sections = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String heading = "";

    private Outline() {}

    static List<Section> of(Format format, String text) {
        Outline outline = new Outline();
        switch (format) {
            case MARKDOWN -> outline.markdown(text);
            case HTML -> outline.html(text);
            case PLAIN -> text.lines().forEach(outline::line);
        }
        outline.endSection();
        return outline.sections;
    }

    private void endSection() {
        String body = text.toString().strip();
        if (!body.isEmpty() || !heading.isEmpty()) {
            sections.add(new Section(heading, body));
        }
        text.setLength(0);
        heading = "";
    }

    private void begin(String title) {
        endSection();
        String name = spaced(title);
        if (name.length() > MAX_HEADING) {
            text.append(name).append('\n');
        } else {
            heading = name;
        }
    }

    private void line(String line) {
        String said = spaced(line);
        if (!said.isEmpty()) {
            text.append(said).append('\n');
        }
    }

    private void markdown(String document) {
        StringBuilder paragraph = new StringBuilder();
        document.lines().forEach(raw -> {
            String line = raw.strip();
            int level = level(line);
            if (level > 0) {
                flush(paragraph);
                begin(unmarked(line.substring(level)));
            } else if (line.isEmpty() || isRule(line)) {
                flush(paragraph);
            } else {
                if (isEntry(line)) {
                    flush(paragraph);
                }
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(unmarked(line));
            }
        });
        flush(paragraph);
    }

    private void flush(StringBuilder paragraph) {
        line(paragraph.toString());
        paragraph.setLength(0);
    }

    private static int level(String line) {
        int level = 0;
        while (level < line.length() && line.charAt(level) == '#') {
            level++;
        }
        return level > MAX_LEVEL || level == line.length() || line.charAt(level) != ' ' ? 0 : level;
    }

    private static boolean isRule(String line) {
        return line.chars().allMatch(c -> "-=*_|:` ".indexOf(c) >= 0);
    }

    private static boolean isEntry(String line) {
        char first = line.charAt(0);
        return first == '|' || first == '>' || "-*+".indexOf(first) >= 0 && line.startsWith(" ", 1) || isNumbered(line);
    }

    private static boolean isNumbered(String line) {
        int at = 0;
        while (at < line.length() && at < 4 && Character.isDigit(line.charAt(at))) {
            at++;
        }
        return at > 0 && at + 1 < line.length() && ".)".indexOf(line.charAt(at)) >= 0 && line.charAt(at + 1) == ' ';
    }

    /** Without the marks of emphasis, code, quotations, tables and lists; of a link its words. */
    private static String unmarked(String line) {
        StringBuilder plain = new StringBuilder();
        boolean entry = !line.isEmpty() && isEntry(line) && !isNumbered(line);
        for (int at = entry ? 1 : 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == ']' && at + 1 < line.length() && line.charAt(at + 1) == '(') {
                int end = line.indexOf(')', at);
                // Where nothing closes here nothing does further on: the line is looked through once.
                if (end < 0) {
                    return plain.append(line, at, line.length()).toString();
                }
                at = end;
            } else if (c == '|') {
                plain.append(' ');
            } else if ("*`[]".indexOf(c) < 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private void html(String document) {
        StringBuilder inline = new StringBuilder();
        // Depth is limited by the parser, and the walk needs no stack.
        Jsoup.parse(document).traverse(new NodeVisitor() {
            private int hiddenAt = -1;

            @Override
            public void head(Node node, int depth) {
                if (hiddenAt >= 0) {
                    return;
                }
                if (node instanceof TextNode shown) {
                    inline.append(shown.getWholeText());
                } else if (node instanceof Element element) {
                    if (isHidden(element)) {
                        hiddenAt = depth;
                    } else if (element.isBlock() || "br".equals(element.normalName())) {
                        flush(inline);
                    } else if ("td".equals(element.normalName()) || "th".equals(element.normalName())) {
                        inline.append(' ');
                    }
                }
            }

            @Override
            public void tail(Node node, int depth) {
                if (depth == hiddenAt) {
                    hiddenAt = -1;
                    return;
                }
                if (hiddenAt < 0 && node instanceof Element element && element.isBlock()) {
                    if (isHeading(element.normalName())) {
                        begin(inline.toString());
                        inline.setLength(0);
                    } else {
                        flush(inline);
                    }
                }
            }
        });
        flush(inline);
    }

    private static boolean isHidden(Element element) {
        return ("|" + HIDDEN + "|").contains("|" + element.normalName() + "|") || element.hasAttr("hidden");
    }

    private static boolean isHeading(String name) {
        return name.length() == 2 && name.charAt(0) == 'h' && name.charAt(1) >= '1' && name.charAt(1) <= '6';
    }

    /** White space, also in lines, is one space; characters that nobody sees are none. */
    private static String spaced(String line) {
        StringBuilder spaced = new StringBuilder(line.length());
        boolean space = false;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f') {
                space = true;
            } else if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
                spaced.append(space && !spaced.isEmpty() ? " " : "").append(c);
                space = false;
            }
        }
        return spaced.toString();
    }
}
