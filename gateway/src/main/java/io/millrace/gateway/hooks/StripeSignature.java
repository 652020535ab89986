package io.millrace.gateway.hooks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Stripe's: {@code t=…,v1=…} of the time, a dot and the body, with as many signatures as it has secrets. */
record StripeSignature(Duration tolerance, Secrets secrets) implements Signature {
    private static final String HEADER = "stripe-signature";
    private static final int MOST = 20;

    @Override
    public void check(HookRequest request) throws UnsignedException {
        String given = request.headers().get(HEADER);
        if (given == null) {
            throw new UnsignedException("the header " + HEADER + " is missing");
        }
        String sentAt = "";
        List<byte[]> hashes = new ArrayList<>();
        for (String part : given.split(",", MOST)) {
            String[] pair = part.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals("t")) {
                sentAt = pair[1];
            } else if (pair.length == 2 && pair[0].equals("v1")) {
                byte[] hash = HmacSignature.Encoding.HEX.read(pair[1]);
                if (hash != null) {
                    hashes.add(hash);
                }
            }
        }
        List<byte[]> parts = HmacSignature.parts("{timestamp}.{body}", sentAt, request.body());
        if (!secrets.signed(HmacSignature.Algorithm.SHA256.mac(), hashes, parts)) {
            throw new UnsignedException("the signature is not one of the body by the sender");
        }
        SentAt.check(sentAt, tolerance, request.atMillis());
    }
}
