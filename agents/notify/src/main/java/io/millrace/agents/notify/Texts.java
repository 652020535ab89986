package io.millrace.agents.notify;

import io.millrace.schema.wire.Zones;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What people read: files {@code texts_….properties}. Each text is one line. */
final class Texts {
    private static final Map<String, Properties> BY_LANGUAGE = new TreeMap<>();

    static {
        for (String language : new String[] {"en", "fr", "es"}) {
            BY_LANGUAGE.put(language, read("texts_" + language + ".properties"));
        }
    }

    private final Notification notification;
    private final Properties texts;
    private final Locale locale;
    private final ZoneId zone;

    private Texts(Notification notification, String language) {
        this.notification = notification;
        this.texts = BY_LANGUAGE.get(language);
        this.locale = Locale.forLanguageTag(language);
        this.zone = zone(notification.timeZone());
    }

    /** English for a language that there are no texts for. */
    static Texts of(Notification notification) {
        String language = notification.language();
        return new Texts(notification, language != null && BY_LANGUAGE.containsKey(language) ? language : "en");
    }

    private static Properties read(String file) {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(Texts.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(file + " can't be read", e);
        }
        return texts;
    }

    private static ZoneId zone(String name) {
        try {
            return name == null ? ZoneOffset.UTC : Zones.named(name);
        } catch (IllegalArgumentException e) {
            return ZoneOffset.UTC;
        }
    }

    /** What it is about, in a line. */
    String subject() {
        return notification.count() == 1
                ? titled(notification.items().get(0))
                : text("many").formatted(notification.count());
    }

    /** A line for each thing, and one for those of which nothing is known. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        notification.items().forEach(item -> lines.add("- " + line(item)));
        int more = notification.count() - notification.items().size();
        if (more > 0) {
            lines.add("- " + text("more").formatted(more));
        }
        return lines;
    }

    /** One thing. */
    String line(Notification.Item item) {
        String due = due(item.dueAt());
        return due == null ? titled(item) : titled(item) + " (" + text("due").formatted(due) + ")";
    }

    /** Why somebody is told. */
    String why() {
        return text("why");
    }

    private String titled(Notification.Item item) {
        return texts.getProperty(item.about(), "%s").formatted(oneLine(item.title()));
    }

    private String due(String at) {
        if (at == null) {
            return null;
        }
        try {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                    .withLocale(locale)
                    .format(Instant.parse(at).atZone(zone));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String text(String name) {
        return texts.getProperty(name);
    }

    /** Without breaks of lines and control characters. */
    static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
