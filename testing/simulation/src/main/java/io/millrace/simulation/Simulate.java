package io.millrace.simulation;

public final class Simulate {
    private Simulate() {}
    public static void main(String[] a) {
        long seed = Long.parseLong(a[0]); long end = System.nanoTime() + Long.parseLong(a[1]) * 1_000_000_000L;
        long steps=0, worlds=0, outs=0, recs=0, bad=0; long t0=System.nanoTime();
        Simulation s = new Simulation();
        while (System.nanoTime() < end) {
            var r = s.run(seed);
            worlds++; steps += r.steps(); outs += r.outputs(); recs += r.records();
            if (!r.isGood()) { bad++; if (bad <= Integer.parseInt(a[2])) {
                var f = s.explain(seed);
                System.out.println("SEED " + seed + " step " + f.step() + " LAW " + f.law() + ": " + f.detail());
                f.trace().forEach(System.out::println);
                } else System.out.println("SEED " + seed + " " + r.failure().law() + ": " + r.failure().detail().lines().findFirst().get());
                if (bad > 40) break;
            }
            seed++;
        }
        double min = (System.nanoTime()-t0)/60e9;
        System.out.printf("worlds %d steps %d (%.2f M/min) records %d outputs %d bad %d%n", worlds, steps, steps/min/1e6, recs, outs, bad);
    }
}
