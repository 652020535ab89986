package io.millrace.auditor;

/** Collects what is found about one event; the gravest counts. */
final class Verdict {
    private Validity validity = Validity.GOOD;
    private String reason = "";

    void bad(String why) {
        if (validity != Validity.BAD) {
            validity = Validity.BAD;
            reason = why;
        }
    }

    void either(String why) {
        if (validity == Validity.GOOD) {
            validity = Validity.EITHER;
            reason = why;
        }
    }

    /** What follows does not belong to an event of this type: a fault there may be ignored or refused. */
    void absorb(Verdict other) {
        if (other.validity != Validity.GOOD) {
            either(other.reason);
        }
    }

    boolean isBad() {
        return validity == Validity.BAD;
    }

    Validity validity() {
        return validity;
    }

    /** Empty for a good event. */
    String reason() {
        return reason;
    }
}
