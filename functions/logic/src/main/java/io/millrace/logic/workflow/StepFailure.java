package io.millrace.logic.workflow;

/** A step fails. */
final class StepFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RunError error;

    StepFailure(RunError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    static StepFailure of(ErrorKind kind, String detail) {
        return new StepFailure(RunError.of(kind, detail));
    }

    RunError error() {
        return error;
    }
}
