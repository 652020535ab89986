package io.millrace.logic.agent;

import io.millrace.schema.agent.AgentCall;
import io.millrace.schema.agent.AgentDefinition;
import io.millrace.schema.agent.Approval;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proofs that a call was approved: HMAC-SHA256 (RFC 2104) over call, agent, the agent's definition, input, request,
 * approver and expiry, so that a proof holds for nothing else.
 */
public final class ApprovalProof {
    /** As many bytes as SHA-256 gives; shorter keys weaken it (RFC 2104 §3). */
    public static final int MIN_KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private ApprovalProof(SecretKeySpec key) {
        this.key = key;
    }

    /** Without a key no call can be approved. */
    public static ApprovalProof none() {
        return new ApprovalProof(null);
    }

    /** @param key shared with whoever may approve; at least {@link #MIN_KEY_BYTES} bytes */
    public static ApprovalProof with(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException("an approval key must have at least " + MIN_KEY_BYTES + " bytes");
        }
        return new ApprovalProof(new SecretKeySpec(key, ALGORITHM));
    }

    /**
     * The proof, 64 hexadecimal digits.
     *
     * @param definitionDigest see {@link AgentDefinition#digest}
     * @param inputDigest SHA-256 of the input's canonical form, 64 hexadecimal digits
     * @param expiresAt milliseconds since the epoch
     * @throws IllegalStateException without a key
     */
    public String mac(
            UUID idempotencyKey,
            String agent,
            String definitionDigest,
            String inputDigest,
            String requestId,
            String approvedBy,
            long expiresAt) {
        if (key == null) {
            throw new IllegalStateException("there is no key to approve with");
        }
        return mac(String.join(
                "\n",
                idempotencyKey.toString(),
                agent,
                definitionDigest,
                inputDigest,
                requestId,
                approvedBy,
                Long.toString(expiresAt)));
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * Why a call is not approved; null when it carries a proof that holds for it.
     *
     * @param routed the call, with its log time
     * @param definitionDigest of the agent as it is now
     * @param dedupWindow for how long the call's key is remembered at least. No proof may outlive that: the same
     *     record, published again after its key was forgotten, would be called again
     */
    String problem(RoutedCall routed, String definitionDigest, Duration dedupWindow) {
        AgentCall call = routed.call();
        Approval approval = call.approval();
        if (approval == null) {
            return "the agent needs an approval, and the call has none";
        }
        if (routed.sharedVersion() != null) {
            // The registry that routed it is older. Published again the call goes elsewhere, where its key is not
            // known.
            return "the agent needed no approval yet when the call was read; call again";
        }
        if (key == null) {
            return "the agent needs an approval, and the job has no key to check it by";
        }
        if (!holds(call, definitionDigest, approval)) {
            return isOfEarlierVersion(call, approval)
                    ? "the approval does not say which definition of the agent it is for, as earlier versions made it;"
                            + " have the call approved anew"
                    : "the agent needs an approval, and the call has none that holds for it and for the agent's definition"
                            + " as it is now, " + definitionDigest + "; have the call approved anew";
        }
        if (routed.loggedAt() >= approval.expiresAt()) {
            return "the approval expired at " + Instant.ofEpochMilli(approval.expiresAt());
        }
        return approval.expiresAt() - routed.loggedAt() > dedupWindow.toMillis()
                ? "the approval expires more than the dedup-window, " + dedupWindow + ", after the call"
                : null;
    }

    private boolean holds(AgentCall call, String definitionDigest, Approval approval) {
        String expected = mac(
                CallKeys.idempotencyKey(call.tenant(), call.callKey()),
                call.agent(),
                definitionDigest,
                call.inputDigest(),
                approval.requestId(),
                approval.approvedBy(),
                approval.expiresAt());
        return isMac(expected, approval);
    }

    /** Whether it is a proof as it was made when the definition was no part of it. */
    private boolean isOfEarlierVersion(AgentCall call, Approval approval) {
        String expected = mac(String.join(
                "\n",
                CallKeys.idempotencyKey(call.tenant(), call.callKey()).toString(),
                call.agent(),
                call.inputDigest(),
                approval.requestId(),
                approval.approvedBy(),
                Long.toString(approval.expiresAt())));
        return isMac(expected, approval);
    }

    /** In constant time, so that a forger learns nothing from how long it took. */
    private static boolean isMac(String expected, Approval approval) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), approval.mac().getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return key == null ? "ApprovalProof[no key]" : "ApprovalProof[key]";
    }
}
