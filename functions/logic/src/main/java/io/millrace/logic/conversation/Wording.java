package io.millrace.logic.conversation;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** What the platform itself says to customers, in their language: {@code wording_<language>.properties}. */
final class Wording {
    private static final Map<String, Wording> ALL = new LinkedHashMap<>();
    /** BCP 47: undetermined. */
    private static final String UNKNOWN = "und";

    static {
        for (String language : new String[] {"en", "fr-CA", "es"}) {
            ALL.put(language, new Wording(language));
        }
    }

    /** What is said. */
    enum Phrase {
        /** A person answers. */
        HANDOVER,
        /** A person answers, from the time {@code {when}} on. */
        HANDOVER_LATER,
        REMINDER,
        CLOSING
    }

    private final Properties texts = new Properties();
    private final DateTimeFormatter time;

    private Wording(String language) {
        try (InputStream in = Wording.class.getResourceAsStream("wording_" + language + ".properties")) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.time = DateTimeFormatter.ofPattern(text("when"), Locale.forLanguageTag(language));
    }

    private String text(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("no wording of " + key);
        }
        return text;
    }

    /** Whether the platform itself speaks it. */
    static boolean speaks(String language) {
        return language != null && ALL.containsKey(language);
    }

    /**
     * Where the language is not known, in all there are.
     *
     * @param when null when the phrase has none
     */
    static String of(Phrase phrase, String language, Instant when, ZoneId zone) {
        if (speaks(language)) {
            return ALL.get(language).phrase(phrase, when, zone);
        }
        return ALL.values().stream()
                .map(wording -> wording.phrase(phrase, when, zone))
                .collect(Collectors.joining("\n\n"));
    }

    /** The tag of what {@link #of} says. */
    static String language(String language) {
        return speaks(language) ? language : UNKNOWN;
    }

    private String phrase(Phrase phrase, Instant when, ZoneId zone) {
        String text = text(phrase.name().toLowerCase(Locale.ROOT));
        return when == null ? text : text.replace("{when}", time.format(when.atZone(zone)));
    }
}
