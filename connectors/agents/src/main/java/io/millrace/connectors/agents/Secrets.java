package io.millrace.connectors.agents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What definitions and settings may name but not contain. The secret {@code crm-token} is the file of that name in the
 * secrets directory, or else the environment variable {@code MILLRACE_AGENT_SECRET_CRM_TOKEN}. Where a definition may
 * have it sent is in the file {@code crm-token.hosts}, one host a line, or else in {@code
 * MILLRACE_AGENT_HOSTS_CRM_TOKEN}, separated by semicolons. Files are looked at again after half a minute, so that
 * secrets can be exchanged while a job runs.
 */
public final class Secrets {
    private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);
    private static final String VARIABLE = "MILLRACE_AGENT_SECRET_";
    private static final String HOSTS_VARIABLE = "MILLRACE_AGENT_HOSTS_";
    /** No name of a secret ends so. */
    private static final String HOSTS_FILE = ".hosts";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern SEPARATOR = Pattern.compile("[\\n;]");
    private static final long KEPT_NANOS = Duration.ofSeconds(30).toNanos();
    /** Names come from definitions, so that there may be any number of them. */
    private static final int MAX_KEPT = 1_000;

    private record Kept(String value, long since) {}

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, Kept> files = new ConcurrentHashMap<>();

    /** @param directory null for none */
    public Secrets(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * The secret, without blanks around it, or null when there is none.
     *
     * @throws IllegalArgumentException when it can't be the name of a secret
     */
    public String find(String name) {
        requireName(name);
        return find(name, VARIABLE, name);
    }

    /**
     * As {@link #find(String)}, but from files alone: of names that strangers may choose a part of, as several of them can be
     * one variable.
     */
    public String findFile(String name) {
        requireName(name);
        return directory == null ? null : file(name);
    }

    private static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("no name of a secret");
        }
    }

    private String find(String fileName, String variable, String name) {
        String file = directory == null ? null : file(fileName);
        return file != null
                ? file
                : environment.get(variable + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /**
     * The hosts to which a definition may have the secret sent; null when nobody says.
     *
     * @throws IllegalArgumentException when it can't be the name of a secret
     */
    public HostPatterns hosts(String name) {
        requireName(name);
        String hosts = find(name + HOSTS_FILE, HOSTS_VARIABLE, name);
        if (hosts == null) {
            return null;
        }
        try {
            return new HostPatterns(SEPARATOR
                    .splitAsStream(hosts)
                    .filter(host -> !host.isBlank())
                    .toList());
        } catch (IllegalArgumentException e) {
            LOG.warn("the secret {} is sent nowhere: of its hosts {}", name, e.getMessage());
            return new HostPatterns(List.of());
        }
    }

    private String file(String name) {
        long now = System.nanoTime();
        Kept kept = files.get(name);
        if (kept == null || now - kept.since() > KEPT_NANOS) {
            if (files.size() >= MAX_KEPT) {
                files.clear();
            }
            kept = new Kept(read(name), now);
            files.put(name, kept);
        }
        return kept.value();
    }

    private String read(String name) {
        try {
            return Files.readString(directory.resolve(name)).strip();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            LOG.warn(
                    "the file of the secret {} cannot be read: {}",
                    name,
                    e.getClass().getName());
            return null;
        }
    }

    /** Never shows one. */
    @Override
    public String toString() {
        return "secrets of " + (directory == null ? "the environment" : directory + " and the environment");
    }
}
