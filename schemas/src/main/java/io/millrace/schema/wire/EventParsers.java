package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * Parsers of a thread for events, which know the names that came before. Events have a few dozen names; once there are
 * many more, somebody makes them up, and all are forgotten: names that collide would be refused, and with them those of
 * events to come. So an event harms none but itself.
 */
final class EventParsers extends JsonFactory {
    private static final long serialVersionUID = 1L;

    /** More than all events together have; Jackson refuses collisions from about 500 names on. */
    private static final int MOST_NAMES = 300;

    /** How deep objects and arrays may be nested. */
    static final int MAX_DEPTH = 32;

    private static final ThreadLocal<EventParsers> OF_THREAD = new ThreadLocal<>();

    private EventParsers(JsonFactoryBuilder settings) {
        super(settings);
    }

    static JsonParser parser(byte[] value, int from, int length) throws IOException {
        EventParsers parsers = OF_THREAD.get();
        if (parsers == null || parsers.names() > MOST_NAMES) {
            parsers = new EventParsers(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION));
            OF_THREAD.set(parsers);
        }
        return parsers.createParser(value, from, length);
    }

    private int names() {
        return _byteSymbolCanonicalizer.size();
    }
}
