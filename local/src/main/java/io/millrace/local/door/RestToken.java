package io.millrace.local.door;

import io.millrace.operations.flink.FlinkRest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a command of the owner shows at the door, new at each start of the platform. */
public final class RestToken {

    /** Name of the file in the data directory, readable by its owner only. */
    public static final String FILE = "rest.token";

    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    private RestToken() {}

    /** Puts a new one into the data directory. @return the file */
    public static Path renew(Path dataDirectory) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Path file = dataDirectory.resolve(FILE);
        OwnerOnly.write(file, HexFormat.of().formatHex(bytes));
        return file;
    }

    /**
     * The one that the cluster's door wants, from the file that the cluster names. Only of a cluster on this machine,
     * and only from a file of that name and form: an address is not told what else a file holds.
     *
     * @return null when there is none that this user can read; a cluster without a door needs none
     */
    public static String of(FlinkRest cluster) {
        String host = cluster.address().getHost();
        if (host == null || !RestDoor.LOOPBACK.contains(host)) {
            return null;
        }
        return cluster.setting(RestDoorFactory.FILE_SETTING)
                .map(RestToken::named)
                .orElse(null);
    }

    private static String named(String file) {
        try {
            Path path = Path.of(file);
            return path.endsWith(FILE) ? read(path) : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** @return null when the file is not readable, or holds something else */
    public static String read(Path file) {
        try {
            String text = Files.size(file) > 2 * BYTES ? "" : Files.readString(file);
            return FORM.matcher(text).matches() ? text : null;
        } catch (IOException e) {
            return null;
        }
    }
}
