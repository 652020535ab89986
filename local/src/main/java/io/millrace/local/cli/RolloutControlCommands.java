package io.millrace.local.cli;

import io.millrace.local.rollout.Rollouts;
import io.millrace.schema.event.EventType;
import io.millrace.schema.rollout.RolloutCommand;
import io.millrace.schema.rollout.RolloutCommand.Action;
import io.millrace.schema.rollout.RolloutEvent;
import io.millrace.schema.rollout.RolloutEvent.Kind;
import io.millrace.schema.wire.Envelope;
import io.millrace.schema.wire.VisibleText;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that want something of roll-outs. */
final class RolloutControlCommands {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private RolloutControlCommands() {}

    @Command(name = "start", description = "Begin a roll-out, from its first step.")
    static final class Start extends OfOne {
        Start() {
            super(Action.START);
        }
    }

    @Command(name = "pause", description = "Have it stay where it is; it is still watched.")
    static final class Pause extends OfOne {
        Pause() {
            super(Action.PAUSE);
        }
    }

    @Command(name = "resume", description = "Have it go on that was paused, or let it be started that was stopped.")
    static final class Resume extends OfOne {
        Resume() {
            super(Action.RESUME);
        }
    }

    @Command(name = "step", description = "Take the next step now, whatever it waits for.")
    static final class Step extends OfOne {
        Step() {
            super(Action.STEP);
        }
    }

    @Command(name = "promote", description = "Take the last step now.")
    static final class Promote extends OfOne {
        Promote() {
            super(Action.PROMOTE);
        }
    }

    @Command(name = "rollback", description = "Give everybody the old variant again.")
    static final class RollBack extends OfOne {
        RollBack() {
            super(Action.ROLL_BACK);
        }
    }

    @Command(
            name = "stop",
            description = "Roll back, and let it not be started before it is resumed; * for all under way.")
    static final class Stop extends OfOne {
        Stop() {
            super(Action.EMERGENCY_STOP);
        }
    }

    @Command(name = "freeze", description = "Have it go back only, not forward; * for all, those to come too.")
    static final class Freeze extends OfOne {
        Freeze() {
            super(Action.FREEZE);
        }
    }

    @Command(name = "unfreeze", description = "Let it go forward again; * for all.")
    static final class Unfreeze extends OfOne {
        Unfreeze() {
            super(Action.UNFREEZE);
        }
    }

    /** One of them. */
    abstract static class OfOne implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Of the roll-out.")
        private String name;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is told with what it does.")
        private String reason;

        @Option(names = "--as", paramLabel = "WHO", description = "Who wants it; default: you.")
        private String by;

        @Mixin
        private KafkaOption kafka;

        private final Action action;

        OfOne(Action action) {
            this.action = action;
        }

        @Override
        public Integer call() {
            RolloutCommand command = command();
            if (name.equals(RolloutCommand.ALL)) {
                Rollouts.publish(kafka.connect(), command);
                System.out.println("told all: " + EventType.wireName(action));
                return 0;
            }
            RolloutEvent answer = Rollouts.tell(kafka.connect(), command, LIMIT)
                    .orElseThrow(() -> new CommandFailure(
                            "nothing was heard of " + name + " yet; does the job rollout run? ./millrace jobs"));
            if (answer.kind() == Kind.REFUSED) {
                System.err.println("millrace: " + VisibleText.of(name + ": " + answer.reason()));
                return 1;
            }
            System.out.println(VisibleText.of(name + ": " + RolloutText.word(answer.kind())));
            return 0;
        }

        private RolloutCommand command() {
            try {
                return new RolloutCommand(
                        RunEvents.envelope("rollout.command", Envelope.DEFAULT_TENANT),
                        name,
                        action,
                        by == null ? RunEvents.me() : by,
                        reason,
                        null);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(e.getMessage(), e);
            }
        }
    }
}
