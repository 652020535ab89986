package io.millrace.expressions;

import io.millrace.expressions.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A program as words. */
final class Lexer {
    private static final List<String> SIGNS = List.of(
            "?//", "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//", "..", ".", "[", "]", "(",
            ")", "{", "}", "|", ",", ":", ";", "=", "<", ">", "+", "-", "*", "/", "%", "?");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    /** Of each text that an interpolation is in: how many parentheses are open within the interpolation. */
    private final Deque<Integer> interpolations = new ArrayDeque<>();

    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws ExpressionException {
        Lexer lexer = new Lexer(text);
        while (lexer.next()) {
            // Each adds what it has read.
        }
        return lexer.tokens;
    }

    private boolean next() throws ExpressionException {
        skipBlanks();
        if (at == text.length()) {
            if (!interpolations.isEmpty()) {
                throw problem("a text with \\( is not closed", at + 1);
            }
            add(Kind.END, "", at);
            return false;
        }
        char c = text.charAt(at);
        if (c == '"') {
            add(Kind.QUOTE_OPEN, "", at++);
            quoted();
        } else if (isNameStart(c)) {
            int from = at;
            add(Kind.WORD, qualifiedName(), from);
        } else if (c == '.' && at + 1 < text.length() && isNameStart(text.charAt(at + 1))) {
            named(Kind.FIELD);
        } else if ((c == '$' || c == '@') && at + 1 < text.length() && isNameStart(text.charAt(at + 1))) {
            named(c == '$' ? Kind.VARIABLE : Kind.FORMAT);
        } else if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            number();
        } else {
            sign();
        }
        return true;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return;
            }
        }
    }

    private void named(Kind kind) {
        int from = at++;
        add(kind, kind == Kind.VARIABLE ? qualifiedName() : name(), from);
    }

    private String name() {
        int from = at;
        while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String qualifiedName() {
        int from = at;
        name();
        while (text.startsWith("::", at) && at + 2 < text.length() && isNameStart(text.charAt(at + 2))) {
            at += 2;
            name();
        }
        return text.substring(from, at);
    }

    private void number() throws ExpressionException {
        int from = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (at == text.length() || !isDigit(text.charAt(at))) {
                throw problem("the exponent of a number is missing", from + 1);
            }
            digits();
        }
        add(Kind.NUMBER, text.substring(from, at), from);
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void sign() throws ExpressionException {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                count(sign);
                return;
            }
        }
        throw problem("unexpected character " + text.substring(at, text.offsetByCodePoints(at, 1)), at + 1);
    }

    private void count(String sign) throws ExpressionException {
        int from = at;
        at += sign.length();
        if (!interpolations.isEmpty()) {
            int open = interpolations.pop();
            if (sign.equals(")") && open == 0) {
                add(Kind.INTERPOLATION_CLOSE, sign, from);
                quoted();
                return;
            }
            interpolations.push(open + (sign.equals("(") ? 1 : sign.equals(")") ? -1 : 0));
        }
        add(Kind.SIGN, sign, from);
    }

    /** To the end of a quoted text, or to an interpolation in it. */
    private void quoted() throws ExpressionException {
        int from = at;
        StringBuilder piece = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                add(Kind.PIECE, piece.toString(), from);
                add(Kind.QUOTE_CLOSE, "", at - 1);
                return;
            }
            if (c != '\\') {
                piece.append(c);
            } else if (at < text.length() && text.charAt(at) == '(') {
                add(Kind.PIECE, piece.toString(), from);
                add(Kind.INTERPOLATION_OPEN, "", at++);
                interpolations.push(0);
                return;
            } else {
                piece.append(escaped());
            }
        }
        throw problem("a text is not closed", from);
    }

    private char escaped() throws ExpressionException {
        char c = at < text.length() ? text.charAt(at++) : ' ';
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw problem("\\" + c + " is no escape", at - 1);
        };
    }

    private char unicode() throws ExpressionException {
        String digits = at + 4 <= text.length() ? text.substring(at, at + 4) : "";
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw problem("\\u needs four hexadecimal digits", at - 1);
        }
        at += 4;
        return (char) Integer.parseInt(digits, 16);
    }

    private void add(Kind kind, String word, int from) {
        tokens.add(new Token(kind, word, from + 1));
    }

    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static ExpressionException problem(String message, int position) {
        return new ExpressionException(ExpressionException.Kind.SYNTAX, position, message);
    }
}
