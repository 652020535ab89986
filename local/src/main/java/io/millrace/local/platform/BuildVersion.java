package io.millrace.local.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this build, as Maven wrote it. */
public final class BuildVersion {

    private BuildVersion() {}

    public static String current() {
        try (InputStream in = BuildVersion.class.getResourceAsStream("/millrace-version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the version of this build", e);
        }
    }
}
