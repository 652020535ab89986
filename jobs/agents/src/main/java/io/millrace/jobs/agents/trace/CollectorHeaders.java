package io.millrace.jobs.agents.trace;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the collector wants to be sent with each request, such as credentials. Values are never told. */
final class CollectorHeaders {
    /** A token (RFC 9110 §5.6.2). */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private CollectorHeaders() {}

    /**
     * Reads them.
     *
     * @param file null for none
     * @throws IOException naming the file, and the header that can't be sent
     */
    static Map<String, String> read(String file) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        if (file == null) {
            return headers;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("tracing.headers-file: " + file + " can't be read: "
                    + e.getClass().getName());
        }
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name).strip();
            if (!NAME.matcher(name).matches() || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                throw new IOException("tracing.headers-file: " + file + ": the header " + name + " can't be sent");
            }
            headers.put(name, value);
        }
        return headers;
    }
}
