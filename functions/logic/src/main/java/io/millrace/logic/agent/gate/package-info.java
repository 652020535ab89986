/**
 * What holds attempts back on their way to an agent: {@link io.millrace.logic.agent.gate.TenantGate} by what a tenant
 * may spend, {@link io.millrace.logic.agent.gate.AgentGate} by what an agent may be given. Each reserves an estimate
 * before an attempt and settles what it really took by its outcome, once. Pure: no clock, no random, no I/O.
 *
 * <p>Unlike other states a gate changes in place. There are few of them, each sees many attempts, and one may hold
 * thousands: whoever keeps them holds them decoded and writes them at checkpoints.
 */
package io.millrace.logic.agent.gate;
