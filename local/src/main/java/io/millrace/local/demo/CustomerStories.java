package io.millrace.local.demo;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What customers write, and what the people of the desk answer when they are asked.
 *
 * @param desk by language
 */
record CustomerStories(Map<String, List<String>> desk, List<Story> conversations) {
    private static final String RESOURCE = "/demo/customers.yaml";
    private static final String AT_ONCE = "+ ";

    CustomerStories {
        desk = Map.copyOf(desk);
        conversations = List.copyOf(conversations);
    }

    /** One conversation. */
    record Story(String language, List<String> lines) {
        Story {
            lines = List.copyOf(lines);
        }

        String text(int line) {
            String text = lines.get(line);
            return text.startsWith(AT_ONCE) ? text.substring(AT_ONCE.length()) : text;
        }

        /** Whether that line does not wait until the one before it was answered. */
        boolean isAtOnce(int line) {
            return line < lines.size() && lines.get(line).startsWith(AT_ONCE);
        }
    }

    static CustomerStories shipped() {
        try (InputStream in = CustomerStories.class.getResourceAsStream(RESOURCE)) {
            return new ObjectMapper(new YAMLFactory()).readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }
}
