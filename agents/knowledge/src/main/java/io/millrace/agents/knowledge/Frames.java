package io.millrace.agents.knowledge;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What is said around the sentences of documents, in the customer's language: files {@code frame_….properties}. */
final class Frames {
    private static final Map<String, Properties> BY_LANGUAGE = new TreeMap<>();

    static {
        for (String language : new String[] {"en", "fr", "es"}) {
            BY_LANGUAGE.put(language, read("frame_" + language + ".properties"));
        }
    }

    private final Properties texts;

    private Frames(Properties texts) {
        this.texts = texts;
    }

    /** English for a language that there are no texts for. */
    static Frames of(String tag) {
        String first = tag == null ? "en" : tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return new Frames(BY_LANGUAGE.getOrDefault(first, BY_LANGUAGE.get("en")));
    }

    private static Properties read(String file) {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(Frames.class.getResourceAsStream(file), StandardCharsets.UTF_8)) {
            texts.load(in);
        } catch (IOException e) {
            throw new IllegalStateException(file + " can't be read", e);
        }
        return texts;
    }

    String text(String name) {
        String text = texts.getProperty(name);
        if (text == null) {
            throw new IllegalStateException("no text " + name);
        }
        return text;
    }

    /** The one for the intent, or that for any. */
    String opening(String intent) {
        return texts.getProperty("opening." + intent, text("opening"));
    }

    /** The language's name in this one; the tag when there is none. */
    String language(String tag) {
        return texts.getProperty("language." + tag.split("-", 2)[0].toLowerCase(Locale.ROOT), tag);
    }
}
