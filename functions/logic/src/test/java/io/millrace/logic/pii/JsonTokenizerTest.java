package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In the documents of these tests an apostrophe is a quotation mark, and in what becomes of them T is a token. */
class JsonTokenizerTest {
    private final PiiTokenizer texts = new PiiTokenizer(TokenKey.of(new byte[32], "acme"));
    private final JsonTokenizer tokenizer = new JsonTokenizer(texts, Set.of("event_id", "safe", "payload.status"));

    private static byte[] bytes(String document) {
        return document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private String tokenized(String document) {
        return new String(tokenizer.tokenize(bytes(document)), StandardCharsets.UTF_8)
                .replace('"', '\'')
                .replaceAll("TOKEN_[0-9a-f-]{36}", "T");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text':'write to jane@example.com'}           | {'text':'write to T'}",
                "{'a':['jane@example.com',1,true,null,1.50]}    | {'a':['T',1,true,null,1.50]}",
                "{'jane@example.com':{'jane':1}}                | {'T':{'jane':1}}",
                "{'email':'whatever'}                           | {'email':'T'}",
                "{'customerEmail':'x','E-Mail':'y'}             | {'customerEmail':'T','E-Mail':'T'}",
                "{'prénom':'Zz','apellidos':'Yy','phone2':'1'}  | {'prénom':'T','apellidos':'T','phone2':'T'}",
                "{'phone':33612345678,'age':42}                 | {'phone':'T','age':42}",
                "{'name':5,'phones':['1','2']}                  | {'name':5,'phones':['T','T']}",
                "{'address':{'city':'Zz','zip':1,'ok':true}}    | {'address':{'city':'T','zip':'T','ok':true}}",
                "{'email':{'subject':'hello'}}                  | {'email':{'subject':'hello'}}",
                "{'n':4111111111111111,'m':1716541234567}       | {'n':'T','m':1716541234567}",
                "{'event_id':'jane@example.com','x':'j@x.com'}  | {'event_id':'jane@example.com','x':'T'}",
                "{'payload':{'status':'j@x.com'},'x':'j@x.com'} | {'payload':{'status':'j@x.com'},'x':'T'}",
                "{'status':'j@x.com'}                           | {'status':'T'}",
                "{'safe':['j@x.com',{'a':'j@x.com'}]}           | {'safe':['j@x.com',{'a':'T'}]}",
                "[['jane@example.com'],[{'email':'x'}]]         | [['T'],[{'email':'T'}]]",
                "{'file_name':'a.txt','ip_address':'x'}         | {'file_name':'a.txt','ip_address':'T'}",
                "{'a':'jane\\u0040example.com'}                 | {'a':'T'}",
                "{'a':'j@x.com','b':'\\ud800'}                  | {'a':'T','b':'\uFFFD'}",
            })
    void valuesAreTokenised(String document, String expected) {
        assertThat(tokenized(document)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'email':'','phone':null, 'a' : [1, 2.50, -1E5]}",
                "{'email':'TOKEN_0b0e0c0a-1111-8222-8333-444455556666'}",
                "{'a':'nothing here'}",
                " ",
                "",
                "42",
                "no json at all"
            })
    void aDocumentWithoutPersonalDataIsTheSameInstance(String document) {
        byte[] bytes = bytes(document);

        assertThat(tokenizer.tokenize(bytes)).isSameAs(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':'jane@example.com'       | {'a':'T'",
                "write to jane@example.com     | write to T",
                "'jane@example.com'            | 'T'",
                "4111 1111 1111 1111           | T",
                "{'a':01,'b':'j@x.com'}        | {'a':01,'b':'T'}",
            })
    void whatIsNoDocumentIsText(String document, String expected) {
        assertThat(tokenized(document)).isEqualTo(expected);
    }

    @Test
    void severalDocumentsStandOnALineEach() {
        assertThat(tokenized("{'a':'j@x.com'}{'email':'y'} [1]")).isEqualTo("{'a':'T'}\n{'email':'T'}\n[1]");
    }

    @Test
    void whatIsNoUtf8IsReplaced() {
        byte[] document = "\u00e9 jane@example.com".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(new String(tokenizer.tokenize(document), StandardCharsets.UTF_8))
                .startsWith("\uFFFD TOKEN_");
    }

    @Test
    void aDocumentDeeperThanIsReadIsText() {
        String deep = "[".repeat(5_000) + "'j@x.com'" + "]".repeat(5_000);

        assertThat(tokenized(deep)).isEqualTo(deep.replace("j@x.com", "T"));
    }

    @Test
    void whatIsFoundIsCountedOnce() {
        PiiCounts counts = new PiiCounts();

        tokenizer.tokenize(bytes("{'a':'jane@example.com','phone':'1'} broken"), counts);
        tokenizer.tokenize(bytes("{'a':'jane@example.com','phone':'1'}"), counts);

        assertThat(counts).hasToString("EMAIL=2 PHONE=1");
    }

    @Test
    void aDeclaredValueHasTheTokenItHasInAText() {
        String mail = new String(tokenizer.tokenize(bytes("{'email':'Jane@Example.com'}")), StandardCharsets.UTF_8);

        assertThat(mail).contains(texts.tokenize("jane@example.com"));
    }

    @Test
    void aDocumentIsTokenisedOnce() {
        byte[] once =
                tokenizer.tokenize(bytes("{'name':'Jane','a':'jane@example.com','jane@example.com':1,'phone':2}"));

        assertThat(tokenizer.tokenize(once)).isSameAs(once);
    }
}
