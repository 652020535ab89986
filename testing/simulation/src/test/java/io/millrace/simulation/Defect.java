package io.millrace.simulation;

import io.millrace.logic.decision.Decision;
import io.millrace.logic.task.Outcome;
import io.millrace.logic.task.OverflowedIds;
import io.millrace.logic.task.Series;
import io.millrace.logic.task.SeriesKey;
import io.millrace.logic.task.TaskCommand;
import io.millrace.logic.task.TaskSettings;
import io.millrace.schema.task.IncomingTask;
import io.millrace.schema.task.TaskEvent;
import io.millrace.schema.wire.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Bugs that a job could have; the simulation has to find each of them. */
enum Defect {
    DROPS_DEDUP {
        @Override
        Decisions spoil(Decisions right, TaskSettings settings) {
            return Decisions.of(
                    new TaskSettings(Duration.ofMillis(1), settings.closedRetention(), settings.unknownTaskWait()));
        }
    },
    APPLIES_RECORDS_BEFORE_DUE_TIMERS {
        @Override
        Decisions spoil(Decisions right, TaskSettings settings) {
            return new Wrapped(right) {
                @Override
                public Decision<Series, Outcome, TaskCommand> decide(
                        SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
                    long due = state == null ? Long.MAX_VALUE : state.nextWake(settings);
                    return super.decide(key, state, at(incoming, due - 1), overflowed);
                }
            };
        }
    },
    TAKES_TIMERS_A_MILLISECOND_EARLY {
        @Override
        Decisions spoil(Decisions right, TaskSettings settings) {
            return new Wrapped(right) {
                @Override
                public Decision<Series, Outcome, TaskCommand> wake(SeriesKey key, Series state, long time) {
                    return super.wake(key, state, time - 1);
                }
            };
        }
    },
    LOSES_WAITING_EVENTS {
        @Override
        Decisions spoil(Decisions right, TaskSettings settings) {
            return new Wrapped(right) {
                @Override
                public Decision<Series, Outcome, TaskCommand> decide(
                        SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
                    Series kept = state == null ? null : withoutWaiting(state);
                    return super.decide(key, kept, incoming, overflowed);
                }
            };
        }
    },
    FORGETS_OVERFLOWED_IDS {
        @Override
        Decisions spoil(Decisions right, TaskSettings settings) {
            return new Wrapped(right) {
                @Override
                public Decision<Series, Outcome, TaskCommand> decide(
                        SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
                    return super.decide(key, state, incoming, id -> null);
                }
            };
        }
    },
    GIVES_RANDOM_REMINDER_IDS {
        private int made;

        @Override
        Decisions spoil(Decisions right, TaskSettings settings) {
            return new Wrapped(right) {
                @Override
                public Decision<Series, Outcome, TaskCommand> decide(
                        SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
                    TaskEvent event = incoming.event();
                    TaskEvent other = new TaskEvent(
                            new UUID(made++, 1),
                            event.type(),
                            event.occurredAt(),
                            event.tenant(),
                            event.userId(),
                            event.taskId(),
                            event.correlationId(),
                            event.traceparent(),
                            event.fields(),
                            event.snooze());
                    return super.decide(key, state, new IncomingTask(other, incoming.source()), overflowed);
                }
            };
        }
    },
    FIRES_EARLY {
        @Override
        SimulatedJob make(
                SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int slots) {
            return new SimulatedJob(log, settings, trace, from, slots) {
                @Override
                long releasable(long wallClock) {
                    return super.releasable(wallClock) + 1;
                }
            };
        }
    },
    FIRES_BEFORE_THE_LOG_WAS_READ {
        @Override
        SimulatedJob make(
                SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int slots) {
            return new SimulatedJob(log, settings, trace, from, slots) {
                @Override
                long releasable(long wallClock) {
                    return wallClock;
                }
            };
        }
    },
    FORGETS_A_TIMER_ON_RESTORE {
        @Override
        SimulatedJob make(
                SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int slots) {
            return new SimulatedJob(log, settings, trace, from, slots) {
                @Override
                Iterable<StateStore.Wake> wakesOf(StateStore saved) {
                    return saved.wakes.size() < 2 ? saved.wakes : saved.wakes.headSet(saved.wakes.last());
                }
            };
        }
    },
    LOSES_WHAT_CAME_SINCE_THE_CHECKPOINT {
        @Override
        SimulatedJob make(
                SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int slots) {
            List<Integer> ends = new ArrayList<>(from.offsets());
            for (int i = 0; i < ends.size() && !from.offsets().equals(Collections.nCopies(ends.size(), 0)); i++) {
                ends.set(i, Math.min(log.end(i), ends.get(i) + 1));
            }
            return new SimulatedJob(log, settings, trace, new SimulatedJob.Checkpoint(ends, from.stores()), slots);
        }
    },
    STARTS_WITHOUT_STATE {
        @Override
        SimulatedJob make(
                SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int slots) {
            return new SimulatedJob(
                    log,
                    settings,
                    trace,
                    new SimulatedJob.Checkpoint(from.offsets(), List.of(new StateStore())),
                    slots);
        }
    };

    SimulatedJob make(SimulatedLog log, TaskSettings settings, Trace trace, SimulatedJob.Checkpoint from, int slots) {
        return new SimulatedJob(log, settings, trace, from, slots) {
            @Override
            Decisions decisions(TaskSettings right) {
                return spoil(Decisions.of(right), right);
            }
        };
    }

    /** Of a defect in the decisions: the run without crashes has it too, so that comparing with that finds nothing. */
    Decisions spoil(Decisions right, TaskSettings settings) {
        return right;
    }

    /** As if it had been logged no later than {@code latest}. */
    private static IncomingTask at(IncomingTask incoming, long latest) {
        SourceRecord source = incoming.source();
        long time = Math.min(source.timestamp(), latest);
        return new IncomingTask(
                incoming.event(),
                new SourceRecord(
                        source.topic(),
                        source.partition(),
                        source.offset(),
                        time,
                        source.key(),
                        source.value(),
                        source.headers()));
    }

    private static Series withoutWaiting(Series state) {
        return new Series(
                state.clock(),
                state.createdBy(),
                state.template(),
                state.tasks(),
                state.schedule(),
                state.recent(),
                state.overflowedUntil(),
                state.forgetAt(),
                List.of());
    }

    private static class Wrapped implements Decisions {
        private final Decisions right;

        Wrapped(Decisions right) {
            this.right = right;
        }

        @Override
        public Decision<Series, Outcome, TaskCommand> decide(
                SeriesKey key, Series state, IncomingTask incoming, OverflowedIds overflowed) {
            return right.decide(key, state, incoming, overflowed);
        }

        @Override
        public Decision<Series, Outcome, TaskCommand> wake(SeriesKey key, Series state, long time) {
            return right.wake(key, state, time);
        }
    }
}
