package io.millrace.expressions;

import com.fasterxml.jackson.databind.JsonNode;

/** Operators of two values. */
enum Operator {
    ADD("+") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Arithmetic.add(left, right, meter);
        }
    },
    SUBTRACT("-") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Arithmetic.subtract(left, right, meter);
        }
    },
    MULTIPLY("*") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Arithmetic.multiply(left, right, meter);
        }
    },
    DIVIDE("/") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Arithmetic.divide(left, right, meter);
        }
    },
    REMAINDER("%") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Arithmetic.remainder(left, right);
        }
    },
    EQUAL("==") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Values.of(Order.equal(left, right, meter));
        }
    },
    UNEQUAL("!=") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Values.of(!Order.equal(left, right, meter));
        }
    },
    LESS("<") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Values.of(Order.compare(left, right, meter) < 0);
        }
    },
    AT_MOST("<=") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Values.of(Order.compare(left, right, meter) <= 0);
        }
    },
    GREATER(">") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Values.of(Order.compare(left, right, meter) > 0);
        }
    },
    AT_LEAST(">=") {
        @Override
        JsonNode apply(JsonNode left, JsonNode right, Meter meter) {
            return Values.of(Order.compare(left, right, meter) >= 0);
        }
    };

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    abstract JsonNode apply(JsonNode left, JsonNode right, Meter meter);

    /** Null when there is none. */
    static Operator of(String sign) {
        for (Operator operator : values()) {
            if (operator.sign.equals(sign)) {
                return operator;
            }
        }
        return null;
    }

    Native function() {
        return (input, operands, meter) -> apply(operands[0], operands[1], meter);
    }
}
