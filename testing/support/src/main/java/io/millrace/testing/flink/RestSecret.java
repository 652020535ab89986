package io.millrace.testing.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The secret without which a guarded REST API changes nothing. The cluster's configuration, which anybody on the machine may look at,
 * names the file that holds it, which only its owner can read.
 */
public final class RestSecret {

    /** In Flink's configuration: the absolute path of the file. */
    public static final String SETTING = "millrace.rest.door-file";
    /** Whatever a server says its file is, nothing else than a secret of this form is ever sent to it. */
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private static final int MAX_BYTES = 100;

    private RestSecret() {}

    /** @throws IOException when the file can't be read, or holds no secret */
    public static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " holds no secret of a platform");
        }
        String secret = Files.readString(file).strip();
        if (!FORM.matcher(secret).matches()) {
            throw new IOException(file + " holds no secret of a platform");
        }
        return secret;
    }

    /** The value of the header {@code Authorization} (RFC 6750). */
    public static String authorization(String secret) {
        return "Bearer " + secret;
    }
}
