package io.millrace.auditor;

import io.millrace.schema.agent.AgentResult;
import java.util.EnumMap;
import java.util.Map;

/** What an audit of calls has counted and found so far, and what it judges by. */
final class CallFindings {
    final CallAuditSettings settings;
    final Findings general;
    final DeadLetters callLetters;
    final AgentHistory agents;
    final Spending spending = new Spending();
    final Map<AgentResult.Status, Long> results = new EnumMap<>(AgentResult.Status.class);

    long accepted;
    long duplicates;
    long cached;
    long attempts;

    CallFindings(CallAuditSettings settings, Findings general, DeadLetters callLetters, AgentHistory agents) {
        this.settings = settings;
        this.general = general;
        this.callLetters = callLetters;
        this.agents = agents;
    }
}
