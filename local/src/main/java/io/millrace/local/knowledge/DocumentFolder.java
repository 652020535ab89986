package io.millrace.local.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Documents in files and folders. */
public final class DocumentFolder {
    /** What people write takes more room than the event that becomes of it. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private DocumentFolder() {}

    /** A document, and the file that it is from. */
    public record Found(Path file, DocumentFile document) {}

    /**
     * Reads files as they are named, and of folders, and the folders in them, those whose names end with {@code .md},
     * {@code .html}, {@code .htm} or {@code .txt}, and which do not begin with a dot or are called README.
     *
     * @throws DocumentException when one can't be published, or two are of one id
     */
    public static List<Found> read(List<Path> paths, DocumentFile.Defaults defaults) {
        List<Found> found = new ArrayList<>();
        Map<String, Path> files = new HashMap<>();
        for (Path path : paths) {
            for (Path file : filesOf(path)) {
                DocumentFile document = DocumentFile.read(file.toString(), textOf(file), defaults);
                String id = document.document().documentId();
                Path other = files.put(id, file);
                if (other != null) {
                    throw new DocumentException(file + ":1: document_id: " + id + " is that of " + other + " too");
                }
                found.add(new Found(file, document));
            }
        }
        return found;
    }

    private static List<Path> filesOf(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> documents = files.filter(Files::isRegularFile)
                    .filter(file -> isDocument(file.getFileName().toString()))
                    .sorted()
                    .toList();
            if (documents.isEmpty()) {
                throw new DocumentException(path + " has no documents: files that end with .md, .html or .txt");
            }
            return documents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDocument(String name) {
        return DocumentFile.isOne(name) && !name.startsWith(".") && !name.startsWith("README.");
    }

    private static String textOf(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DocumentException(file + ": has more than " + MAX_BYTES + " bytes, which is the limit");
            }
            return Files.readString(file);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new DocumentException(file + ": not UTF-8", e);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new DocumentException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DocumentException(file + " can't be read: " + e.getMessage(), e);
        }
    }
}
