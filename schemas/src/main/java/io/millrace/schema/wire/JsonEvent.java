package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Reads one JSON object field by field, and turns whatever is wrong into a {@link RejectedEventException} that names
 * the field and the place. The value methods are called with the parser on the value of {@code field}.
 */
public final class JsonEvent implements AutoCloseable {
    /** Of {@link Long#MAX_VALUE}. */
    private static final int MAX_LONG_DIGITS = 19;

    /** A byte array as longs. */
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long NOT_ASCII = 0x8080808080808080L;

    /** From a zero among so many bytes the parser concludes the encoding (RFC 4627 §3). */
    private static final int DETECTED_BYTES = 4;

    /** Takes the fields of an object, one call each. */
    @FunctionalInterface
    public interface FieldReader {
        /** Reads the value of {@code name}, or skips it by doing nothing. */
        void read(String name, JsonEvent json) throws RejectedEventException, IOException;
    }

    private final byte[] source;
    private final JsonParser parser;

    private JsonEvent(byte[] source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /**
     * Reads the one JSON object that {@code value} holds between {@code from} and {@code to}.
     *
     * @throws RejectedEventException when it is no single JSON object in UTF-8, or when {@code fields} rejects one
     */
    public static void readObject(byte[] value, int from, int to, FieldReader fields) throws RejectedEventException {
        requireUtf8(value, from, to);
        try (JsonEvent json = new JsonEvent(value, EventParsers.parser(value, from, to - from))) {
            JsonToken first = json.parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new RejectedEventException(
                        ErrorCode.NOT_JSON, "expected a JSON object, found " + describe(first) + json.place());
            }
            json.readFields(fields);
            if (json.parser.nextToken() != null) {
                throw new RejectedEventException(
                        ErrorCode.NOT_JSON, "there is more after the JSON object" + json.place());
            }
        } catch (StreamConstraintsException e) {
            throw tooMuch(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The parser would guess UTF-16 and UTF-32, and takes overlong forms and surrogates for characters. */
    private static void requireUtf8(byte[] value, int from, int to) throws RejectedEventException {
        for (int i = from; i < Math.min(to, from + DETECTED_BYTES); i++) {
            if (value[i] == 0) {
                throw new RejectedEventException(
                        ErrorCode.NOT_UTF8, "the value is UTF-16 or UTF-32, not UTF-8 (byte " + (i - from) + ")");
            }
        }
        if (isAscii(value, from, to)) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value, from, to - from);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(to - from);
        if (decoder.decode(bytes, text, true).isError()) {
            throw new RejectedEventException(
                    ErrorCode.NOT_UTF8, "the value is not UTF-8 (byte " + (bytes.position() - from) + ")");
        }
    }

    /** Eight bytes at a time: every event goes through here. */
    private static boolean isAscii(byte[] value, int from, int to) {
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            if (((long) LONGS.get(value, i) & NOT_ASCII) != 0) {
                return false;
            }
        }
        for (; i < to; i++) {
            if (value[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private static RejectedEventException tooMuch(StreamConstraintsException e) {
        String problem = e.getOriginalMessage();
        if (problem.contains("depth")) {
            return new RejectedEventException(
                    ErrorCode.TOO_DEEP, "nested deeper than " + EventParsers.MAX_DEPTH + " levels");
        }
        return new RejectedEventException(ErrorCode.NOT_JSON, JsonProblems.inWords(problem) + place(e.getLocation()));
    }

    private static RejectedEventException unreadable(IOException e) {
        JsonLocation location = null;
        String problem = e.getMessage();
        if (e instanceof com.fasterxml.jackson.core.JsonProcessingException processing) {
            location = processing.getLocation();
            problem = processing.getOriginalMessage();
        }
        return new RejectedEventException(ErrorCode.NOT_JSON, JsonProblems.inWords(problem) + place(location));
    }

    /** Reads the fields of the object the parser has just entered. */
    private void readFields(FieldReader fields) throws IOException, RejectedEventException {
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken value = parser.nextToken();
            fields.read(name, this);
            if (parser.currentToken() == value && value.isStructStart()) {
                parser.skipChildren();
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new RejectedEventException(ErrorCode.NOT_JSON, "the JSON object is not complete" + place());
        }
    }

    /** Reads an object value; {@code field} is its full name for messages. */
    public void object(String field, FieldReader fields) throws IOException, RejectedEventException {
        require(field, JsonToken.START_OBJECT, "an object");
        readFields(fields);
    }

    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    public boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    public boolean isString() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Whether the value is a number with neither fraction nor exponent. */
    public boolean isWrittenAsInteger() {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    }

    public boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** Whether the array the parser is in has another element; moves to it. */
    public boolean nextElement() throws IOException {
        return parser.nextToken() != JsonToken.END_ARRAY;
    }

    /**
     * A string of {@code min} to {@code max} characters (code points, as JSON Schema counts).
     *
     * @throws RejectedEventException also for a string with half of a surrogate pair, which has no UTF-8 form
     */
    public String string(String field, int min, int max) throws IOException, RejectedEventException {
        require(field, JsonToken.VALUE_STRING, "a string");
        // Checked before the text is made: a value of megabytes must not become a String first.
        int units = parser.getTextLength();
        if (units < min || units > 2 * max) {
            throw wrongLength(field, min, max, units < min ? Integer.toString(units) : "more than " + max);
        }
        String text = parser.getText();
        if (units > max && text.codePointCount(0, units) > max) {
            throw wrongLength(field, min, max, "more than " + max);
        }
        requirePairedSurrogates(field, text);
        return text;
    }

    private RejectedEventException wrongLength(String field, int min, int max, String length) {
        String bounds = min == max ? Integer.toString(min) : min + " to " + max;
        return invalid(field, "must have " + bounds + " characters, has " + length);
    }

    /** As {@link #string}, and without control characters: what is part of a key. */
    public String identifier(String field, int max) throws IOException, RejectedEventException {
        String text = string(field, 1, max);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw invalid(field, "must not contain control characters");
            }
        }
        return text;
    }

    private void requirePairedSurrogates(String field, String text) throws RejectedEventException {
        if (hasHalfPair(text)) {
            throw invalid(field, "contains half of a surrogate pair, which is no character");
        }
    }

    /** Whether the text contains half of a surrogate pair, and so has no UTF-8 form. */
    static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** A whole number between {@code min} and {@code max}, both inclusive. */
    public int integer(String field, int min, int max) throws IOException, RejectedEventException {
        return (int) number(field, min, max);
    }

    /** As {@link #integer}, for what takes more than 32 bits. */
    public long number(String field, long min, long max) throws IOException, RejectedEventException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return integral(field, min, max);
        }
        require(field, JsonToken.VALUE_NUMBER_INT, "an integer");
        JsonParser.NumberType type = parser.getNumberType();
        long value = type == JsonParser.NumberType.BIG_INTEGER ? 0 : parser.getLongValue();
        if (type == JsonParser.NumberType.BIG_INTEGER || value < min || value > max) {
            throw outOfRange(field, min, max);
        }
        return value;
    }

    /** An integer to JSON Schema is also {@code 5.0} and {@code 1e1}. Never expanded: an exponent may be a billion. */
    private long integral(String field, long min, long max) throws IOException, RejectedEventException {
        BigDecimal value;
        try {
            value = new BigDecimal(parser.getText()).stripTrailingZeros();
        } catch (ArithmeticException | NumberFormatException e) {
            throw outOfRange(field, min, max);
        }
        if (value.scale() > 0) {
            throw new RejectedEventException(
                    ErrorCode.WRONG_TYPE, field + ": expected an integer, found a number with a fraction" + place());
        }
        if (value.precision() - (long) value.scale() > MAX_LONG_DIGITS
                || value.compareTo(BigDecimal.valueOf(min)) < 0
                || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw outOfRange(field, min, max);
        }
        return value.longValueExact();
    }

    /** Any number between {@code min} and {@code max}, both inclusive, as the double that is next to it. */
    public double decimal(String field, long min, long max) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wrongType(field, "a number");
        }
        double value = parser.getDoubleValue();
        if (!(value >= min && value <= max)) {
            throw outOfRange(field, min, max);
        }
        return value;
    }

    private RejectedEventException outOfRange(String field, long min, long max) {
        return invalid(field, "must be between " + min + " and " + max);
    }

    /** A date-time with or without an offset. */
    public IsoDateTimes.Parsed dateTime(String field) throws IOException, RejectedEventException {
        String text = string(field, 1, 64);
        try {
            return IsoDateTimes.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(field, e.getMessage());
        }
    }

    /** A date-time with an offset. */
    public Instant instant(String field) throws IOException, RejectedEventException {
        IsoDateTimes.Parsed parsed = dateTime(field);
        if (!parsed.hasOffset()) {
            throw invalid(field, "must have an offset, such as Z or +01:00");
        }
        return parsed.instant();
    }

    /** A UUID in its standard text form. */
    public UUID uuid(String field) throws IOException, RejectedEventException {
        UUID id = Uuids.parse(string(field, 1, EnvelopeReader.MAX_ID));
        if (id == null) {
            throw invalid(field, "must be a UUID such as 0b0e6f7a-93d1-4f0b-8d55-3c1c1f2a9b10");
        }
        return id;
    }

    /** {@code true} or {@code false}. */
    public boolean bool(String field) throws RejectedEventException {
        if (parser.currentToken() == JsonToken.VALUE_TRUE) {
            return true;
        }
        require(field, JsonToken.VALUE_FALSE, "a boolean");
        return false;
    }

    /**
     * The current value, whatever it is, as the text it stands as; only when the object is all of the bytes that are
     * read.
     *
     * @param maxBytes of the text in UTF-8
     */
    public String json(String field, int maxBytes) throws IOException, RejectedEventException {
        int start = startOffset();
        parser.finishToken();
        int length = skipToEnd() - start;
        if (length > maxBytes) {
            throw new RejectedEventException(
                    ErrorCode.TOO_LARGE,
                    field + ": has " + length + " bytes, at most " + maxBytes + " are accepted" + place());
        }
        return new String(source, start, length, StandardCharsets.UTF_8);
    }

    /** The offset of the current value in the bytes of the object, for reading a part of it again. */
    public int startOffset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** Skips the current object or array and says where it ended. */
    public int skipToEnd() throws IOException {
        parser.skipChildren();
        return (int) parser.currentLocation().getByteOffset();
    }

    private void require(String field, JsonToken token, String expected) throws RejectedEventException {
        if (parser.currentToken() != token) {
            throw new RejectedEventException(
                    ErrorCode.WRONG_TYPE,
                    field + ": expected " + expected + ", found " + describe(parser.currentToken()) + place());
        }
    }

    public RejectedEventException wrongType(String field, String expected) {
        return new RejectedEventException(
                ErrorCode.WRONG_TYPE,
                field + ": expected " + expected + ", found " + describe(parser.currentToken()) + place());
    }

    public RejectedEventException invalid(String field, String problem) {
        return new RejectedEventException(ErrorCode.INVALID_VALUE, field + ": " + problem + place());
    }

    public RejectedEventException duplicate(String field) {
        return new RejectedEventException(ErrorCode.DUPLICATE_FIELD, field + ": given twice" + place());
    }

    private String place() {
        return place(parser.currentTokenLocation());
    }

    private static String place(JsonLocation location) {
        if (location == null || location.getLineNr() < 0) {
            return "";
        }
        return " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String describe(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.toString();
        };
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
