package io.millrace.schema.agent;

/**
 * The proof that somebody who may do so approved a call.
 *
 * @param requestId of the request that was approved
 * @param approvedBy who approved it
 * @param expiresAt from when on it does not hold, milliseconds since the epoch
 * @param mac HMAC-SHA256 in 64 hexadecimal digits, small letters
 */
public record Approval(String requestId, String approvedBy, long expiresAt, String mac) {}
