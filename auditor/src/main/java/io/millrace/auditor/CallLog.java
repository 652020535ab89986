package io.millrace.auditor;

import java.util.ArrayList;
import java.util.List;

/** What the topics hold under one idempotency key; each list in the order in which it was read. */
final class CallLog {
    /** Null as long as only outcomes were seen, as {@code callKey}. */
    private String tenant;

    private String callKey;
    private final List<CallRecord> calls = new ArrayList<>(1);
    private final List<ResultRecord> results = new ArrayList<>(1);
    private final List<OutcomeRecord> outcomes = new ArrayList<>(1);

    CallLog named(String ofTenant, String key) {
        tenant = ofTenant;
        callKey = key;
        return this;
    }

    List<CallRecord> calls() {
        return calls;
    }

    List<ResultRecord> results() {
        return results;
    }

    List<OutcomeRecord> outcomes() {
        return outcomes;
    }

    String tenant() {
        return tenant;
    }

    String callKey() {
        return callKey;
    }
}
