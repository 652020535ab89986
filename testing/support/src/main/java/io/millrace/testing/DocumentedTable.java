package io.millrace.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A table of figures in a document, between {@code <!-- name:begin -->} and {@code <!-- name:end -->}. Figures of models differ a little
 * between processors: the table is fresh when no figure is further off than a tolerance. With {@code -Dmillrace.refresh=true} it is
 * written.
 */
public record DocumentedTable(Path document, String name) {

    /** @param document below the root of the repository, such as {@code docs/critic.md} */
    public static DocumentedTable of(String document, String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(document))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError("there is no " + document);
        }
        return new DocumentedTable(folder.resolve(document), name);
    }

    /** @return what is wrong with the document; empty when it shows the table */
    public String staleness(String fresh, double tolerance) throws IOException {
        String mark = "<!-- " + name + ":begin -->\n";
        String text = Files.readString(document);
        int begin = text.indexOf(mark) + mark.length();
        int end = text.indexOf("<!-- " + name + ":end -->");
        if (begin < mark.length() || end < begin) {
            return document + " has no marks of " + name;
        }
        String shown = text.substring(begin, end);
        if (isSame(shown, fresh, tolerance)) {
            return "";
        }
        if (Boolean.getBoolean("millrace.refresh")) {
            Files.writeString(document, text.substring(0, begin) + fresh + text.substring(end));
            return "";
        }
        return document + ": the table " + name + " is stale. Refresh it with -Dmillrace.refresh=true; it should be\n"
                + fresh;
    }

    private static boolean isSame(String shown, String fresh, double tolerance) {
        List<String> one = Arrays.asList(shown.split("\\|", -1));
        List<String> other = Arrays.asList(fresh.split("\\|", -1));
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            String a = one.get(i).strip();
            String b = other.get(i).strip();
            boolean figures = a.matches("[0-9]+\\.[0-9]+") && b.matches("[0-9]+\\.[0-9]+");
            if (figures ? Math.abs(Double.parseDouble(a) - Double.parseDouble(b)) > tolerance : !a.equals(b)) {
                return false;
            }
        }
        return true;
    }
}
