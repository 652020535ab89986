package io.millrace.expressions;

import io.millrace.expressions.Token.Kind;
import java.util.List;

/** Where the parser is in a program, and how much of one it may still make. */
final class Cursor {
    static final int MAX_LENGTH = 32_768;
    private static final int MAX_NESTING = 150;
    private static final int MAX_PARTS = 50_000;

    private final List<Token> tokens;
    private int index;
    /** Whether of {@code ?//} the first character has been taken, where no pattern ends and it is two operators. */
    private boolean halfTaken;

    private int nesting;
    private int parts;
    private int names;

    Cursor(String text) throws ExpressionException {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(
                    ExpressionException.Kind.TOO_LARGE, 0, "an expression of more than " + MAX_LENGTH + " characters");
        }
        tokens = Lexer.tokens(text);
    }

    private Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Of a text that is not the user's: an error in it is at no place of the user's. */
    static Cursor ofLibrary(String text) throws ExpressionException {
        return new Cursor(Lexer.tokens(text).stream()
                .map(token -> new Token(token.kind(), token.text(), 0))
                .toList());
    }

    Token peek() {
        Token token = tokens.get(index);
        return halfTaken ? new Token(Kind.SIGN, "//", token.position() + 1) : token;
    }

    Token peekAfter() {
        return tokens.get(Math.min(index + 1, tokens.size() - 1));
    }

    Token take() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            advance();
        }
        return token;
    }

    private void advance() {
        index++;
        halfTaken = false;
    }

    /** Takes a question mark if it comes next, with slashes after it or not. */
    boolean takesQuestionMark() {
        if (peek().is("?//")) {
            halfTaken = true;
            return true;
        }
        return takes("?");
    }

    /** Takes a sign if it comes next. */
    boolean takes(String sign) {
        boolean is = peek().is(sign);
        if (is) {
            advance();
        }
        return is;
    }

    boolean takesWord(String word) {
        boolean is = peek().isWord(word);
        if (is) {
            advance();
        }
        return is;
    }

    Token expect(String sign) throws ExpressionException {
        if (!peek().is(sign)) {
            throw unexpected(sign);
        }
        return take();
    }

    void expectWord(String word) throws ExpressionException {
        if (!takesWord(word)) {
            throw unexpected(word);
        }
    }

    Token expect(Kind kind, String what) throws ExpressionException {
        if (peek().kind() != kind) {
            throw unexpected(what);
        }
        return take();
    }

    int index() {
        return index;
    }

    void goTo(int there) {
        index = there;
        halfTaken = false;
    }

    /** A name that no program can write. */
    String hiddenName() {
        return "#" + names++;
    }

    /** Before a part within a part. */
    void enter() throws ExpressionException {
        if (++nesting > MAX_NESTING) {
            throw tooLarge("more than " + MAX_NESTING + " parts within each other");
        }
    }

    void leave() {
        nesting--;
    }

    /** Before a part is made: alternatives of a pattern are made once each. */
    int part(Token at) throws ExpressionException {
        if (++parts > MAX_PARTS) {
            throw tooLarge("more than " + MAX_PARTS + " parts");
        }
        return at.position();
    }

    private ExpressionException tooLarge(String message) {
        return new ExpressionException(ExpressionException.Kind.TOO_LARGE, peek().position(), message);
    }

    ExpressionException unexpected(String instead) {
        return problem(peek(), "expected " + instead + " but found " + peek().describe());
    }

    static ExpressionException problem(Token at, String message) {
        return new ExpressionException(ExpressionException.Kind.SYNTAX, at.position(), message);
    }
}
