package io.millrace.logic.workflow.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a value of a document stands in its text, and where what is within it does. */
final class Marks {
    private final int line;
    private final int column;
    private final Map<String, Marks> members = new HashMap<>();
    private final List<Marks> items = new ArrayList<>();

    /** Both from 1; a member stands where its name does. */
    Marks(int line, int column) {
        this.line = line;
        this.column = column;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    void member(String name, Marks mark) {
        members.put(name, mark);
    }

    void item(Marks mark) {
        items.add(mark);
    }

    /** Null when there is none. */
    Marks member(String name) {
        return members.get(name);
    }

    /** Of what a JSON pointer leads to; when there is no such thing, of the nearest around it. */
    Marks at(String pointer) {
        Marks marks = this;
        if (pointer.isEmpty()) {
            return marks;
        }
        for (String part : pointer.substring(1).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            Marks next = marks.items.isEmpty() ? marks.members.get(name) : marks.item(name);
            if (next == null) {
                return marks;
            }
            marks = next;
        }
        return marks;
    }

    private Marks item(String index) {
        boolean number = index.length() < 7 && !index.isEmpty() && index.chars().allMatch(Character::isDigit);
        return number && Integer.parseInt(index) < items.size() ? items.get(Integer.parseInt(index)) : null;
    }
}
