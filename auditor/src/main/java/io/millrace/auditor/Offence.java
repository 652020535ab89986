package io.millrace.auditor;

/**
 * One broken promise.
 *
 * @param subject the task, as {@code tenant/user/task}, or the position of a record that belongs to none
 * @param detail what was expected and what is there, with ids, times and positions of the records concerned
 */
public record Offence(OffenceKind kind, String subject, String detail) {

    @Override
    public String toString() {
        return kind + " " + subject + ": " + detail;
    }
}
