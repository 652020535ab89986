package io.millrace.schema.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for all JSON texts that mean the same: no blanks, names sorted by UTF-16 code units (RFC 8785 §3.2.3), equal
 * numbers written alike. Numbers keep all their digits, where RFC 8785 would round them to double precision.
 */
public final class CanonicalJson {
    /** Integers of so many digits are written out (RFC 8785 §3.2.2.3 writes them so up to 10^21). */
    private static final int MAX_PLAIN_DIGITS = 21;

    private static final JsonFactory FACTORY = IsolatedJson.factory()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private CanonicalJson() {}

    /**
     * The canonical form of a JSON text that was read before.
     *
     * @param field for the message
     * @throws RejectedEventException when an object has a name twice, a text half of a surrogate pair, a number an
     *     exponent beyond 32 bits: what agents would not all take for the same
     */
    public static byte[] of(String field, String json) throws RejectedEventException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length() + 16);
        try (JsonParser parser = FACTORY.createParser(json);
                JsonGenerator out = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
            parser.nextToken();
            write(read(parser), out);
        } catch (StreamConstraintsException e) {
            throw rejected(ErrorCode.INVALID_VALUE, field, JsonProblems.inWords(e.getOriginalMessage()));
        } catch (InputCoercionException | NumberFormatException | ArithmeticException e) {
            throw rejected(ErrorCode.INVALID_VALUE, field, "a number is out of range");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            boolean twice = e.getOriginalMessage().startsWith("Duplicate field");
            throw rejected(
                    twice ? ErrorCode.DUPLICATE_FIELD : ErrorCode.INVALID_VALUE,
                    field,
                    twice ? "an object has the same name twice" : JsonProblems.inWords(e.getOriginalMessage()));
        } catch (IOException e) {
            throw rejected(ErrorCode.INVALID_VALUE, field, e.getMessage());
        }
        return bytes.toByteArray();
    }

    /** SHA-256 of the canonical form, 64 hexadecimal digits. */
    public static String digest(String field, String json) throws RejectedEventException {
        return sha256(of(field, json));
    }

    /** SHA-256, 64 hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static RejectedEventException rejected(ErrorCode code, String field, String problem) {
        return new RejectedEventException(code, field + ": " + problem);
    }

    private static Object read(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new TreeMap<>();
                String name;
                while ((name = parser.nextFieldName()) != null) {
                    parser.nextToken();
                    object.put(paired(name), read(parser));
                }
                return object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser));
                }
                return array;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return number(parser.getDecimalValue());
            }
            case VALUE_STRING -> {
                return new Text(paired(parser.getText()));
            }
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {
                return parser.getText();
            }
            default -> throw new IOException("unexpected " + parser.currentToken());
        }
    }

    private static String paired(String text) throws IOException {
        if (JsonEvent.hasHalfPair(text)) {
            throw new IOException("contains half of a surrogate pair, which is no character");
        }
        return text;
    }

    /** What is written in quotes, unlike numbers and literals. */
    private record Text(String value) {}

    private static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal stripped = value.stripTrailingZeros();
        long zeros = -(long) stripped.scale();
        BigInteger digits = stripped.unscaledValue();
        if (zeros < 0) {
            return digits + "e" + zeros;
        }
        return stripped.precision() + zeros <= MAX_PLAIN_DIGITS
                ? stripped.toBigIntegerExact().toString()
                : digits + "e" + zeros;
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof Map<?, ?> object) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                out.writeFieldName((String) entry.getKey());
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> array) {
            out.writeStartArray();
            for (Object element : array) {
                write(element, out);
            }
            out.writeEndArray();
        } else if (value instanceof Text text) {
            out.writeString(text.value());
        } else {
            out.writeRawValue((String) value);
        }
    }
}
