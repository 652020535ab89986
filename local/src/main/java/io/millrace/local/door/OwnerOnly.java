package io.millrace.local.door;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that their owner alone can read, on file systems that know owners. */
public final class OwnerOnly {

    private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private OwnerOnly() {}

    /** Makes a directory in one that is there. One that is there already stays as it is. */
    public static void make(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectory(directory, attributes(directory, DIRECTORY));
    }

    /**
     * Makes a directory the owner's, with all that is in it: nobody else gets through it.
     *
     * @param mark the name of a file that only a directory of ours holds
     * @throws AccessDeniedException when others can read it and it holds something that is not ours: then it is theirs
     *     too
     */
    public static void claim(Path directory, String mark) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        make(directory);
        if (!knowsOwners(directory) || DIRECTORY.containsAll(Files.getPosixFilePermissions(directory))) {
            return;
        }
        if (!Files.exists(directory.resolve(mark)) && !isEmpty(directory)) {
            throw new AccessDeniedException(
                    directory.toString(), null, "it holds other files, and others than you may look into it");
        }
        Files.setPosixFilePermissions(directory, DIRECTORY);
    }

    /** Writes a file under another name first, so that nobody reads half of it. */
    public static void write(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, attributes(unfinished, FILE));
        Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8));
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.findAny().isEmpty();
        }
    }

    private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> permissions) {
        return knowsOwners(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
