package io.millrace.logic.audit;

import io.millrace.schema.analytics.Dimension;
import io.millrace.schema.analytics.Figure;
import io.millrace.schema.analytics.Figure.Kind;
import io.millrace.schema.analytics.FigureRow;
import io.millrace.schema.analytics.FiguresCounted;
import io.millrace.schema.analytics.FiguresCounted.Distribution;
import io.millrace.schema.event.EventType;
import io.millrace.schema.lake.SourcePosition;
import io.millrace.schema.wire.RejectedEventException;
import io.millrace.schema.wire.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes rows of the lake's figures out of what was told of them, in the order of their partitions, each once. */
public final class FigureRows {
    private final Masking maskings;
    private final KnownPositions positions = new KnownPositions();

    /** @param master key from which those of tenants' tokens follow, at least 32 bytes */
    public FigureRows(byte[] master) {
        this.maskings = new Masking(master);
    }

    /** Goes on from there, where nothing later is known. */
    public void from(Iterable<SourcePosition> known) {
        positions.from(known);
    }

    /** The last record of each partition that a row was made of. */
    public List<SourcePosition> positions() {
        return positions.all();
    }

    /**
     * The row of a record; null when it was made before.
     *
     * @throws RejectedEventException when it holds no figures
     */
    public FigureRow row(SourceRecord record) throws RejectedEventException {
        SourcePosition before = positions.last(record.topic(), record.partition());
        if (before != null && record.offset() <= before.offset()) {
            return null;
        }
        FiguresCounted told = FiguresCounted.read(record);
        Masking.OfTenant masking = maskings.of(told.envelope().tenant());
        String tenant = masking.text(told.envelope().tenant());
        Map<String, String> dimensions = new TreeMap<>();
        for (Dimension dimension : told.figureTable().dimensions()) {
            String value = told.dimensions().get(dimension.name());
            if (value != null) {
                dimensions.put(dimension.name(), masking.text(value));
            }
        }
        List<String> values = told.figureTable().dimensions().stream()
                .map(dimension -> dimensions.getOrDefault(dimension.name(), ""))
                .toList();
        positions.reached(SourcePosition.unlinked(record.topic(), record.partition(), record.offset()));
        return new FigureRow(
                told.figureTable().tableName(),
                FiguresCounted.key(
                        told.figureTable(), told.period(), told.start().toEpochMilli(), tenant, values),
                tenant,
                EventType.wireName(told.period()),
                told.start(),
                dimensions,
                EventType.wireName(told.status()),
                told.revision(),
                figures(told),
                bins(told),
                told.envelope().occurredAt(),
                record.topic(),
                record.partition(),
                record.offset(),
                AuditReader.logTime(record),
                before == null ? -1 : before.offset());
    }

    /** Those that are declared, and no others: whoever may write to the topic can't add names of their own. */
    private static Map<String, Long> figures(FiguresCounted told) {
        Map<String, Long> figures = new TreeMap<>();
        for (Figure figure : told.figureTable().figures()) {
            Distribution distribution = told.distributions().get(figure.name());
            if (figure.kind() == Kind.SUM) {
                figures.put(figure.name(), told.sums().getOrDefault(figure.name(), 0L));
            } else if (distribution != null) {
                FiguresCounted.PARTS.forEach(
                        (part, value) -> figures.put(figure.part(part), value.applyAsLong(distribution)));
            }
        }
        return figures;
    }

    private static Map<String, Map<Integer, Long>> bins(FiguresCounted told) {
        Map<String, Map<Integer, Long>> all = new TreeMap<>();
        for (Figure figure : told.figureTable().figures()) {
            Distribution distribution = told.distributions().get(figure.name());
            if (distribution != null) {
                Map<Integer, Long> bins = new TreeMap<>();
                List<Long> pairs = distribution.bins();
                for (int i = 0; i + 1 < pairs.size(); i += 2) {
                    bins.put((int) Math.min(pairs.get(i), Integer.MAX_VALUE), pairs.get(i + 1));
                }
                all.put(figure.name(), bins);
            }
        }
        return all;
    }
}
