package io.millrace.simulation.rollout;

import io.millrace.simulation.rollout.Traffic.Requests;

/** What is true of a release. The old variant fails in one request of a hundred, unless it says otherwise. */
enum Truth {
    SAME("no difference", false),
    SEASONS("no difference, four times as many errors and requests by day", false) {
        @Override
        double load(int minute) {
            return 0.4 + 1.2 * daylight(minute);
        }

        @Override
        double base(int minute) {
            return 0.005 + 0.015 * daylight(minute);
        }
    },
    OUTAGE("no difference, both fail in 20 of 100 requests for 20 minutes", false) {
        @Override
        double base(int minute) {
            return minute >= 300 && minute < 320 ? 0.2 : BASE;
        }
    },
    NOVELTY("no difference, but three times as many errors in the first minute of each step", false) {
        @Override
        Requests fresh(int minute, int minuteOfStep) {
            return minuteOfStep < 1 ? Requests.failing(3 * BASE) : Requests.failing(BASE);
        }
    },
    BETTER("half as many errors", false) {
        @Override
        Requests fresh(int minute, int minuteOfStep) {
            return Requests.failing(base(minute) / 2);
        }
    },
    HALF_A_POINT("0.5 points more errors", true) {
        @Override
        Requests fresh(int minute, int minuteOfStep) {
            return Requests.failing(base(minute) + 0.005);
        }
    },
    TWO_POINTS("2 points more errors", true) {
        @Override
        Requests fresh(int minute, int minuteOfStep) {
            return Requests.failing(base(minute) + 0.02);
        }
    },
    TAIL("one request of 20 takes three times as long", true) {
        @Override
        Requests fresh(int minute, int minuteOfStep) {
            return new Requests(base(minute), 0.05);
        }
    },
    LEAK("errors that rise by a point in four hours", true) {
        @Override
        Requests fresh(int minute, int minuteOfStep) {
            return Requests.failing(base(minute) + 0.01 * minute / 240);
        }
    };

    static final double BASE = 0.01;
    private static final double DAY = 1_440;

    private final String description;
    private final boolean isWorse;

    Truth(String description, boolean isWorse) {
        this.description = description;
        this.isWorse = isWorse;
    }

    String description() {
        return description;
    }

    /** Whether it should be taken back. */
    boolean isWorse() {
        return isWorse;
    }

    /** How many requests there are, by how many there are on average. */
    double load(int minute) {
        return 1;
    }

    /** How probable it is that a request of the old variant fails. */
    double base(int minute) {
        return BASE;
    }

    Requests fresh(int minute, int minuteOfStep) {
        return Requests.failing(base(minute));
    }

    Requests old(int minute) {
        return Requests.failing(base(minute));
    }

    private static double daylight(int minute) {
        return (1 + Math.sin(2 * Math.PI * minute / DAY)) / 2;
    }
}
