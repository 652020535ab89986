package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a value becomes a text: {@code @json}, {@code @csv}, … */
enum Formats {
    TEXT {
        @Override
        String apply(JsonNode value, Meter meter) {
            return JsonText.plain(value, meter);
        }
    },
    JSON {
        @Override
        String apply(JsonNode value, Meter meter) {
            return JsonText.of(value, meter);
        }
    },
    CSV {
        @Override
        String apply(JsonNode value, Meter meter) {
            return row(value, ",", "csv", text -> '"' + text.replace("\"", "\"\"") + '"', meter);
        }
    },
    TSV {
        @Override
        String apply(JsonNode value, Meter meter) {
            return row(value, "\t", "tsv", Formats::escapeTabs, meter);
        }
    },
    HTML {
        @Override
        String apply(JsonNode value, Meter meter) {
            return replaced(JsonText.plain(value, meter), meter, c -> switch (c) {
                case '<' -> "&lt;";
                case '>' -> "&gt;";
                case '&' -> "&amp;";
                case '\'' -> "&#39;";
                case '"' -> "&quot;";
                default -> null;
            });
        }
    },
    URI {
        @Override
        String apply(JsonNode value, Meter meter) {
            StringBuilder text = new StringBuilder();
            for (byte b : bytes(value, meter)) {
                boolean unreserved =
                        b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || "-_.~".indexOf(b) >= 0;
                if (unreserved) {
                    text.append((char) b);
                } else {
                    text.append(String.format("%%%02X", b));
                }
            }
            meter.text(text.length());
            return text.toString();
        }
    },
    SH {
        @Override
        String apply(JsonNode value, Meter meter) {
            if (!value.isArray()) {
                return quoteForShell(value, meter);
            }
            StringBuilder text = new StringBuilder();
            for (JsonNode item : value) {
                text.append(text.length() == 0 ? "" : " ").append(quoteForShell(item, meter));
            }
            return text.toString();
        }
    },
    BASE64 {
        @Override
        String apply(JsonNode value, Meter meter) {
            byte[] bytes = bytes(value, meter);
            meter.text(2L * bytes.length);
            return Base64.getEncoder().encodeToString(bytes);
        }
    },
    BASE64D {
        @Override
        String apply(JsonNode value, Meter meter) {
            String text = JsonText.plain(value, meter);
            meter.text(2L * text.length());
            try {
                byte[] bytes = Base64.getDecoder().decode(text.replaceAll("=+$", ""));
                return new String(bytes, StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw new Raised(Values.describe(value) + " is not valid base64 data");
            }
        }
    },
    BASE32 {
        @Override
        String apply(JsonNode value, Meter meter) {
            byte[] bytes = bytes(value, meter);
            meter.text(2L * bytes.length);
            return Base32.encode(bytes);
        }
    },
    BASE32D {
        @Override
        String apply(JsonNode value, Meter meter) {
            String text = JsonText.plain(value, meter);
            meter.text(text.length());
            byte[] bytes = Base32.decode(text);
            if (bytes == null) {
                throw new Raised(Values.describe(value) + " is not valid base32 data");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    };

    /** @throws Raised when the value has no such form */
    abstract String apply(JsonNode value, Meter meter);

    static Formats of(Token token) throws ExpressionException {
        for (Formats format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(token.text())) {
                return format;
            }
        }
        String known = Arrays.stream(values())
                .map(format -> "@" + format.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new ExpressionException(
                ExpressionException.Kind.UNKNOWN_NAME,
                token.position(),
                "unknown format @" + token.text(),
                "; there are " + known);
    }

    private interface Quoting {
        String quote(String text);
    }

    private interface Replacement {
        /** Null when the character stays. */
        String of(char c);
    }

    private static String row(JsonNode value, String separator, String format, Quoting quoting, Meter meter) {
        if (!value.isArray()) {
            throw new Raised(Values.describe(value) + " cannot be " + format + "-formatted, only an array can be");
        }
        StringBuilder row = new StringBuilder();
        String before = "";
        for (JsonNode item : value) {
            row.append(before);
            before = separator;
            meter.text(2);
            if (item.isContainerNode()) {
                throw new Raised(Values.describe(item) + " is not valid in a " + format + " row");
            }
            if (item.isTextual()) {
                meter.text(2L * item.textValue().length());
                row.append(quoting.quote(item.textValue()));
            } else if (!item.isNull()) {
                row.append(JsonText.of(item, meter));
            }
        }
        return row.toString();
    }

    private static String escapeTabs(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String quoteForShell(JsonNode value, Meter meter) {
        if (value.isContainerNode()) {
            throw new Raised(Values.describe(value) + " can not be escaped for shell");
        }
        if (!value.isTextual()) {
            return JsonText.of(value, meter);
        }
        return "'" + replaced(value.textValue(), meter, c -> c == '\'' ? "'\\''" : null) + "'";
    }

    private static String replaced(String text, Meter meter, Replacement replacement) {
        StringBuilder changed = new StringBuilder();
        meter.text(text.length());
        for (int i = 0; i < text.length(); i++) {
            String instead = replacement.of(text.charAt(i));
            if (instead == null) {
                changed.append(text.charAt(i));
            } else {
                meter.made(instead.length());
                changed.append(instead);
            }
        }
        return changed.toString();
    }

    private static byte[] bytes(JsonNode value, Meter meter) {
        String text = JsonText.plain(value, meter);
        meter.text(3L * text.length());
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
