package io.millrace.deploy;

/**
 * Something that is wrong with a manifest.
 *
 * @param manifest which one, see {@link Manifest#id}
 * @param message what is wrong, with where in it
 */
public record Finding(String manifest, String message) {

    @Override
    public String toString() {
        return manifest + ": " + message;
    }
}
