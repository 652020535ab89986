package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** {@code paths |= update}: the first output of each update; a place without one is deleted. */
final class Update extends Node {
    private final Node paths;
    private final Node update;

    Update(int position, Node paths, Node update) {
        super(position);
        this.paths = paths;
        this.update = update;
    }

    @Override
    void step(Machine machine) {
        Updated updated = new Updated(machine);
        machine.orElse(updated);
        Env env = machine.env();
        machine.then(new Continuation(machine.continuation()) {
            @Override
            void resume(Machine to) {
                to.at(Update.this);
                to.place().check(to.value());
                begin(to, updated, env, to.place().keys(to.meter()));
            }
        });
        machine.track(Place.root(machine.value()));
        machine.evaluate(paths);
    }

    private void begin(Machine machine, Updated updated, Env env, JsonNode path) {
        Choice rest = machine.choices();
        machine.track(null);
        machine.result(machine.access().getPath(updated.value, path));
        machine.orElse(new Choice(machine) {
            @Override
            void retry(Machine to) {
                to.meter().array(1);
                updated.deleted.add(path);
                to.fail();
            }
        });
        machine.then(new Continuation(machine.continuation()) {
            @Override
            void resume(Machine to) {
                to.at(Update.this);
                to.cutTo(rest);
                updated.value = to.access().setPath(updated.value, path, to.value());
                to.fail();
            }
        });
        machine.evaluate(update, env);
    }

    private static final class Updated extends Choice {
        private final List<JsonNode> deleted = new ArrayList<>();
        private JsonNode value;

        Updated(Machine machine) {
            super(machine);
            value = machine.value();
        }

        @Override
        void retry(Machine machine) {
            machine.result(
                    deleted.isEmpty()
                            ? value
                            : machine.access().deletePaths(value, Values.array(deleted, machine.meter())));
        }
    }
}
