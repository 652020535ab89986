package io.millrace.bench.conversations;

import io.millrace.bench.meter.Figures;
import io.millrace.logic.pii.PiiTokenizer;
import io.millrace.logic.pii.TokenKey;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/** What it takes to find the personal data of a message, by the processor's time. */
public final class TokeniserRun {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 20_000;
    private static final int ROUNDS = 5;
    private static final String MESSAGE =
            "Bonjour, je m'appelle Marguerite Delorme et j'attends ma commande depuis lundi. Ecrivez-moi a"
                    + " m.delorme@exemple.ca ou appelez le 514-555-0142. The parcel was to go to 1200 Main Street, and the"
                    + " card that I paid with is 4111 1111 1111 1111. When will it come? It is a present for my sister, and"
                    + " her birthday is on Friday. If it is lost I would like to have my money back, as I can't wait for"
                    + " another one. I have asked twice already and nobody could tell me where it is. Thank you.\n";

    private TokeniserRun() {}

    /** Microseconds for each kilobyte; the first round warms up. */
    public static void measure(Figures figures) {
        PiiTokenizer tokenizer = new PiiTokenizer(TokenKey.of(new byte[TokenKey.MIN_MASTER_BYTES], "acme"));
        double kilobytes = MESSAGES * MESSAGE.getBytes(StandardCharsets.UTF_8).length / 1_000.0;
        long characters = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < MESSAGES; i++) {
                characters += tokenizer.tokenize(MESSAGE).length();
            }
            double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3;
            if (round > 0) {
                figures.add("tokenise_kilobyte_us", micros / kilobytes);
            }
        }
        if (characters <= 0) {
            throw new IllegalStateException("nothing was tokenised");
        }
    }
}
