package io.millrace.logic.rollout;

import io.millrace.schema.rollout.RolloutStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * How near the nearest metric was to a roll-back, from the start on, in a bounded number of points.
 *
 * @param points see {@link RolloutStatus}
 * @param stride how many looks one point stands for, {@code looks} how many the latest has
 */
public record WatchPath(List<Double> points, int stride, int looks) {
    static final WatchPath NONE = new WatchPath(List.of(), 1, 0);

    /** The same after another look. A point is the nearest of its looks; when there are too many, each two become one. */
    WatchPath with(double nearest) {
        List<Double> after = new ArrayList<>(points);
        if (looks > 0 && looks < stride) {
            after.set(after.size() - 1, Math.max(nearest, after.get(after.size() - 1)));
            return new WatchPath(List.copyOf(after), stride, looks + 1);
        }
        boolean isFull = after.size() == RolloutStatus.MAX_PATH;
        if (isFull) {
            for (int i = 0; i < RolloutStatus.MAX_PATH / 2; i++) {
                after.set(i, Math.max(after.get(2 * i), after.get(2 * i + 1)));
            }
            after.subList(RolloutStatus.MAX_PATH / 2, RolloutStatus.MAX_PATH).clear();
        }
        after.add(nearest);
        return new WatchPath(List.copyOf(after), isFull ? 2 * stride : stride, 1);
    }

    /** 0 before the first look. */
    double latest() {
        return points.isEmpty() ? 0 : points.get(points.size() - 1);
    }
}
