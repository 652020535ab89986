package io.millrace.logic.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schema.wire.Binary;
import io.millrace.schema.wire.Codec;
import io.millrace.schema.wire.RecordCodec;
import io.millrace.schema.workflow.RunStatus;
import io.millrace.schema.workflow.WorkflowInput;
import io.millrace.schema.workflow.WorkflowInputCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The binary form of runs. A version stands before all else: what a later build adds stands behind what is here, and is
 * read when the version has it. Values stand once each, before what refers to them.
 */
public final class RunStateCodec implements Codec<RunState> {
    /** 2: what a run is bound to has what chose its version. */
    private static final int VERSION = 2;

    private static final RunStatus[] STATUSES = RunStatus.values();
    private static final Phase[] PHASES = Phase.values();

    private final OriginCodec origins = new OriginCodec();
    private final ErrorCodec errors = new ErrorCodec();
    private final BallotCodec ballots = new BallotCodec();
    private final WorkflowInputCodec inputs = new WorkflowInputCodec();

    private static final class OriginCodec extends RecordCodec<RunOrigin> {
        OriginCodec() {
            super(RunOrigin.class);
        }
    }

    private static final class ErrorCodec extends RecordCodec<RunError> {
        ErrorCodec() {
            super(RunError.class);
        }
    }

    private static final class BallotCodec extends RecordCodec<Ballot> {
        BallotCodec() {
            super(Ballot.class);
        }
    }

    @Override
    public Class<RunState> type() {
        return RunState.class;
    }

    private static <T> void writeNullable(Codec<T> codec, T value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            codec.write(value, out);
        }
    }

    private static <T> T readNullable(Codec<T> codec, DataInput in) throws IOException {
        return in.readBoolean() ? codec.read(in) : null;
    }

    /** Values and their places. */
    private record Places(Map<JsonNode, Integer> places) {
        void writeAll(DataOutput out) throws IOException {
            JsonNode[] ordered = new JsonNode[places.size()];
            places.forEach((value, place) -> ordered[place] = value);
            Binary.writeList(out, List.of(ordered), (to, value) -> Binary.writeString(to, Json.write(value)));
        }

        void write(DataOutput out, JsonNode value) throws IOException {
            Binary.writeSize(out, value == null ? 0 : places.get(value) + 1);
        }
    }

    /** What was read of them. */
    private record Values(List<JsonNode> values) {
        static Values readAll(DataInput in) throws IOException {
            return new Values(Binary.readList(in, Values::parse));
        }

        private static JsonNode parse(DataInput in) throws IOException {
            try {
                return Json.read(Binary.readString(in));
            } catch (StepFailure e) {
                throw new IOException("a value of a run is " + e.error().detail(), e);
            }
        }

        JsonNode read(DataInput in) throws IOException {
            int place = Binary.readSize(in);
            return place == 0 ? null : values.get(place - 1);
        }
    }

    @Override
    public void write(RunState run, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        writeNullable(origins, run.origin, out);
        out.writeByte(run.status.ordinal());
        for (long time : new long[] {run.clock, run.startedAt, run.endedAt, run.haltedAt, run.forgetAt}) {
            Binary.writeSigned(out, time);
        }
        Places places = new Places(Sizes.places(run));
        places.writeAll(out);
        places.write(out, run.input);
        places.write(out, run.context);
        places.write(out, run.output);
        writeNullable(errors, run.error, out);
        Binary.writeSize(out, run.failed);
        Binary.writeList(out, new ArrayList<>(run.frames.values()), (to, frame) -> write(frame, places, to));
        Binary.writeList(out, new ArrayList<>(run.ready), Binary::writeSize);
        Binary.writeSize(out, run.nextFrame);
        Binary.writeSize(out, run.epoch);
        out.writeBoolean(run.continuing);
        for (long count :
                new long[] {run.slice, run.number, run.steps, run.busy, run.told, run.calls, run.retries, run.costMicros
                }) {
            Binary.writeSigned(out, count);
        }
        Binary.writeList(out, new ArrayList<>(run.owed.entrySet()), (to, owed) -> {
            Binary.writeString(to, owed.getKey());
            Binary.writeString(to, owed.getValue());
        });
        Binary.writeList(out, run.closed, Binary::writeString);
        Binary.writeList(out, run.early, (to, input) -> inputs.write(input, to));
        Binary.writeList(out, run.seen, Binary::writeUuid);
        Binary.writeList(out, run.parked, (to, parked) -> {
            Binary.writeSigned(to, parked.time());
            writeNullable(inputs, parked.input(), to);
        });
        Binary.writeSigned(out, run.parkedUntil);
    }

    @Override
    public RunState read(DataInput in) throws IOException {
        int version = in.readByte();
        // Version 1 differs in components of a record, of which the later ones are read as absent.
        if (version > VERSION) {
            throw new IOException("a run of a later build: version " + version + ", this build knows " + VERSION);
        }
        RunState run = new RunState();
        run.origin = readNullable(origins, in);
        run.status = STATUSES[in.readByte()];
        run.clock = Binary.readSigned(in);
        run.startedAt = Binary.readSigned(in);
        run.endedAt = Binary.readSigned(in);
        run.haltedAt = Binary.readSigned(in);
        run.forgetAt = Binary.readSigned(in);
        Values values = Values.readAll(in);
        run.input = values.read(in);
        run.context = values.read(in);
        run.output = values.read(in);
        run.error = readNullable(errors, in);
        run.failed = Binary.readSize(in);
        for (Frame frame : Binary.readList(in, from -> readFrame(values, from))) {
            run.frames.put(frame.id, frame);
        }
        run.ready = new ArrayDeque<>(Binary.readList(in, Binary::readSize));
        run.nextFrame = Binary.readSize(in);
        run.epoch = Binary.readSize(in);
        run.continuing = in.readBoolean();
        run.slice = Binary.readSigned(in);
        run.number = Binary.readSigned(in);
        run.steps = Binary.readSigned(in);
        run.busy = Binary.readSigned(in);
        run.told = Binary.readSigned(in);
        run.calls = Binary.readSigned(in);
        run.retries = Binary.readSigned(in);
        run.costMicros = Binary.readSigned(in);
        run.owed = readOwed(in);
        run.closed = new ArrayList<>(Binary.readList(in, Binary::readString));
        run.early = new ArrayList<>(Binary.<WorkflowInput>readList(in, inputs::read));
        run.seen = new ArrayList<>(Binary.readList(in, Binary::readUuid));
        run.parked = new ArrayList<>(
                Binary.readList(in, from -> new RunState.Parked(Binary.readSigned(from), readNullable(inputs, from))));
        run.parkedUntil = Binary.readSigned(in);
        return run;
    }

    private static Map<String, String> readOwed(DataInput in) throws IOException {
        Map<String, String> owed = new LinkedHashMap<>();
        for (int left = Binary.readSize(in); left > 0; left--) {
            owed.put(Binary.readString(in), Binary.readString(in));
        }
        return owed;
    }

    private void write(Frame frame, Places places, DataOutput out) throws IOException {
        Binary.writeSize(out, frame.id);
        Binary.writeSigned(out, frame.parent);
        Binary.writeString(out, frame.pointer);
        Binary.writeSize(out, frame.slot);
        Binary.writeSize(out, frame.depth);
        Binary.writeString(out, frame.path);
        out.writeByte(frame.phase.ordinal());
        places.write(out, frame.raw);
        places.write(out, frame.data);
        places.write(out, frame.result);
        places.write(out, frame.items);
        places.write(out, frame.error);
        Binary.writeList(out, frame.parts, places::write);
        Binary.writeString(out, frame.flow);
        for (int count : new int[] {frame.cursor, frame.lap, frame.index, frame.attempt, frame.firstAttempt}) {
            Binary.writeSigned(out, count);
        }
        writeNullable(errors, frame.fault, out);
        Binary.writeString(out, frame.token);
        writeNullable(ballots, frame.ballot, out);
        for (long time : new long[] {
            frame.startedAt,
            frame.since,
            frame.triedAt,
            frame.wakeAt,
            frame.timeoutAt,
            frame.attemptUntil,
            frame.costMicros
        }) {
            Binary.writeSigned(out, time);
        }
    }

    private Frame readFrame(Values values, DataInput in) throws IOException {
        int id = Binary.readSize(in);
        int parent = (int) Binary.readSigned(in);
        String pointer = Binary.readString(in);
        int slot = Binary.readSize(in);
        int depth = Binary.readSize(in);
        String path = Binary.readString(in);
        Phase phase = PHASES[in.readByte()];
        Frame frame = new Frame(id, parent, pointer, slot, depth, path, values.read(in));
        frame.phase = phase;
        frame.data = values.read(in);
        frame.result = values.read(in);
        frame.items = values.read(in);
        frame.error = values.read(in);
        frame.parts = readParts(values, in);
        frame.flow = Binary.readString(in);
        frame.cursor = (int) Binary.readSigned(in);
        frame.lap = (int) Binary.readSigned(in);
        frame.index = (int) Binary.readSigned(in);
        frame.attempt = (int) Binary.readSigned(in);
        frame.firstAttempt = (int) Binary.readSigned(in);
        frame.fault = readNullable(errors, in);
        frame.token = Binary.readString(in);
        frame.ballot = readNullable(ballots, in);
        frame.startedAt = Binary.readSigned(in);
        frame.since = Binary.readSigned(in);
        frame.triedAt = Binary.readSigned(in);
        frame.wakeAt = Binary.readSigned(in);
        frame.timeoutAt = Binary.readSigned(in);
        frame.attemptUntil = Binary.readSigned(in);
        frame.costMicros = Binary.readSigned(in);
        return frame;
    }

    private static List<JsonNode> readParts(Values values, DataInput in) throws IOException {
        List<JsonNode> parts = new ArrayList<>();
        for (int left = Binary.readSize(in); left > 0; left--) {
            parts.add(values.read(in));
        }
        return parts;
    }
}
