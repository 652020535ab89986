package io.millrace.logic.agent.gate;

import io.millrace.schema.wire.Binary;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The circuits of one agent: one for each tenant, by what became of its own attempts, and one for all, by what became
 * of everybody's. Of failures of one tenant, in the one for all only the first counts until another tenant has one:
 * nobody opens it alone. There too all who stand in one of the {@link TenantLines} are one.
 */
final class Circuits {
    /** More tenants than this, besides those that are bound, are not known by their failures. */
    private static final int MAX_TENANTS = 1_000;

    private final GateSettings settings;
    private final Circuit ofAll;
    /** Of tenants with a failure among their last outcomes. */
    private final Map<String, Circuit> byTenant = new LinkedHashMap<>();
    /** Whose failure counted last in the one for all; null for nobody's. */
    private String lastFailed;

    Circuits(GateSettings settings) {
        this.settings = settings;
        this.ofAll = new Circuit(settings);
    }

    /** @param now log time, milliseconds since the epoch */
    void advance(long now) {
        ofAll.advance(now);
        byTenant.values().forEach(circuit -> circuit.advance(now));
    }

    /** Those that are open are no longer so than if they had been opened at {@code latest}. */
    void notAfter(long latest) {
        ofAll.notAfter(latest);
        byTenant.values().forEach(circuit -> circuit.notAfter(latest));
    }

    /** Whether the agent is left alone by the tenant. */
    boolean isOpen(String tenant) {
        Circuit own = byTenant.get(tenant);
        return ofAll.isOpen() || own != null && own.isOpen();
    }

    /** Whether it is left alone by anybody. */
    boolean isAnyOpen() {
        return ofAll.isOpen() || byTenant.values().stream().anyMatch(Circuit::isOpen);
    }

    /** Until when the agent is left alone by the tenant, which it is. */
    long openUntil(String tenant) {
        Circuit own = byTenant.get(tenant);
        long until = ofAll.isOpen() ? ofAll.openUntil() : 0;
        return own != null && own.isOpen() ? Math.max(until, own.openUntil()) : until;
    }

    /**
     * Whether an attempt of the tenant may start. One that is to show how the agent is to its tenant shows nothing to
     * all.
     */
    boolean lets(String tenant) {
        Circuit own = byTenant.get(tenant);
        return own == null || own.isClosed() ? ofAll.lets() : own.lets() && !ofAll.isOpen();
    }

    void started(String tenant, String attemptId) {
        Circuit own = byTenant.get(tenant);
        (own == null || own.isClosed() ? ofAll : own).started(attemptId);
    }

    /** It ended, and that says nothing of the agent. */
    void passedOver(String attemptId) {
        ofAll.passedOver(attemptId);
        byTenant.values().forEach(circuit -> circuit.passedOver(attemptId));
    }

    void ended(String tenant, String attemptId, boolean failed, long now) {
        Circuit own = byTenant.get(tenant);
        if (own == null && failed) {
            own = new Circuit(settings);
            byTenant.put(tenant, own);
        }
        if (own != null) {
            own.ended(attemptId, failed, now);
            if (own.isBlank()) {
                byTenant.remove(tenant);
            }
        }
        boolean again = failed
                && ofAll.isClosed()
                && lastFailed != null
                && lineOf(tenant).equals(lineOf(lastFailed));
        if (!again) {
            ofAll.ended(attemptId, failed, now);
            lastFailed = failed ? tenant : lastFailed;
        }
        if (byTenant.size() > MAX_TENANTS + settings.lines().bound().size()) {
            forgetOldest();
        }
    }

    /** Of those that anybody can make up. */
    private void forgetOldest() {
        Iterator<String> tenants = byTenant.keySet().iterator();
        while (tenants.hasNext()) {
            if (!settings.lines().bound().contains(tenants.next())) {
                tenants.remove();
                return;
            }
        }
    }

    private String lineOf(String tenant) {
        return settings.lines().lineOf(tenant);
    }

    void write(DataOutput out) throws IOException {
        ofAll.write(out);
        Binary.writeString(out, lastFailed);
        Binary.writeList(out, List.copyOf(byTenant.entrySet()), (o, entry) -> {
            Binary.writeString(o, entry.getKey());
            entry.getValue().write(o);
        });
    }

    void read(DataInput in) throws IOException {
        readVersion1(in);
        lastFailed = Binary.readString(in);
        Binary.readList(in, i -> {
            String tenant = Binary.readString(i);
            Circuit circuit = new Circuit(settings);
            circuit.read(i);
            return byTenant.put(tenant, circuit);
        });
    }

    /** Of when there was only the one for all. */
    void readVersion1(DataInput in) throws IOException {
        ofAll.read(in);
    }
}
