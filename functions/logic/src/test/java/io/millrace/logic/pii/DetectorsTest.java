package io.millrace.logic.pii;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found, and what is not, kind by kind: {@code [[KIND|value]]} is to be found, and nothing else. */
class DetectorsTest {

    private static void assertFound(String marked) {
        Labelled expected = Labelled.of("\t" + marked);

        assertThat(PiiTokenizer.find(expected.text())).as(expected.text()).isEqualTo(expected.spans());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail [[EMAIL|jane.doe+shop@mail.example.co.uk]].",
                "<[[EMAIL|JANE@EXAMPLE.COM]]>, mailto:[[EMAIL|j_d%x@example.org]]",
                "à [[EMAIL|hélène@bücher.example]] ou [[EMAIL|иван@пример.рф]]",
                "[[EMAIL|4111111111111111@example.com]]",
                "[[EMAIL|1.2.3.4@example.com]] [[EMAIL|+33612345678@example.fr]]",
                "[[EMAIL|\"jane doe\"@example.com]]",
                "?user=[[EMAIL|jane%40example.com]]&x=1",
                "[[EMAIL|ｊａｎｅ＠ｅｘａｍｐｌｅ．ｃｏｍ]]",
                "{\"to\":\"[[EMAIL|jane\\u0040example.com]]\"}",
                "[[EMAIL|a@b.example]],[[EMAIL|c@d.example]];[[EMAIL|e@f.example]]",
                "@Override @channel a@b a@b.c @example.com x@.com jane@localhost",
                "git@github.com:acme/repo.git"
            })
    void addressesOfMail(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Call [[PHONE|(212) 736-5000]] or [[PHONE|212-736-5000]] or [[PHONE|+1 212 736 5000]].",
                "[[PHONE|1-800-555-0199]], [[PHONE|415-555-2671 x42]], [[PHONE|415-555-2671, ext. 42]]",
                "au [[PHONE|06 12 34 56 78]], [[PHONE|06.12.34.56.78]], "
                        + "[[PHONE|0612345678]], [[PHONE|+33 (0)6 12 34 56 78]]",
                "[[PHONE|0033 6 12 34 56 78]] et [[PHONE|+33612345678]], [[PHONE|٠٦ ١٢ ٣٤ ٥٦ ٧٨]]",
                "el teléfono es [[PHONE|612 345 678]] o [[PHONE|+34 912 345 678]] para la casa",
                "móvil [[PHONE|612345678]]",
                "[[PHONE|020 7946 0018]] and [[PHONE|07911 123456]], tel:[[PHONE|+442079460018]]",
                "phone: [[PHONE|555-0142]]",
                "tel. [[PHONE|030 1234567]]",
                "the year 2024 and 12 345 678 people, 1,234,567.89 or 10.000.000",
                "2024-05-12 10:33:07, 12/05/2024 08:15, 2024-05-12T10:33:07.123+02:00",
                "612 345 678 € de bénéfice, 0.7071067811, x0612345678, 1716541234567",
                "RFC 2119, ISO 8601, 1-2-3, 16:9, 00:12:45, 978-3-16-148410-0",
                "Buffer a0 8b 01 02 03 04 05 06 07 08",
                "C++11, +5 points, -0612345678, v0.13.7 (2012-08-19)"
            })
    void telephones(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[CARD|4111111111111111]], [[CARD|4111 1111 1111 1111]], [[CARD|4111-1111-1111-1111]]",
                "[[CARD|378282246310005]], [[CARD|3782 822463 10005]], "
                        + "[[CARD|5555 5555 5555 4444]], [[CARD|30569309025904]]",
                "credit card [[CARD|4111 1111 1111 1112]]",
                "ma carte bancaire [[CARD|4532-1234-5678-9012]]",
                "4111111111111112, 0000 0000 0000 0000, 1111 2222 3333 4444",
                "0.4111111111111111 and 4111111111111111.5 and a4111111111111111",
                "snowflake 7187391821023150080, 12345678901234567890"
            })
    void cards(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[IBAN|FR7630006000011234567890189]], [[IBAN|fr76 3000 6000 0112 3456 7890 189]].",
                "[[IBAN|ES9121000418450200051332]] [[IBAN|DE89 3704 0044 0532 0130 00]] "
                        + "[[IBAN|GB29-NWBK-6016-1331-9268-19]]",
                "IBAN: [[IBAN|FR7630006000011234567890188]]",
                "FR7630006000011234567890188, XX7630006000011234567890189, FR763000600001123456789018"
            })
    void accounts(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[IP|203.0.113.7]]:8080, http://[[IP|203.0.113.7]]/x, from [[IP|10.1.2.3]].",
                "[[IP|2001:db8::1]]/64 [[IP|fe80::1ff:fe23:4567:890a%eth0]] "
                        + "[[IP|::ffff:192.168.1.1]], ([[IP|2001:db8::8a2e:370:7334]])",
                "[[IP|2001:0db8:85a3:0000:0000:8a2e:0370:7334]].",
                "127.0.0.1 ::1 0.0.0.0 255.255.255.255 :: 10.0.0.0/8",
                "version 1.2.3.4, v1.2.3.4, Chrome/120.0.0.0, section 4.2.1.7, §3.8.5.3, 1.2.3.4-beta, 1.2.3.4.5",
                "256.1.1.1 01.02.03.04 1.2.3 12:30:45 std::vector a::b face::book"
            })
    void hosts(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[[MAC|00:1A:2B:3C:4D:5E]], [[MAC|00-1a-2b-3c-4d-5e]], [[MAC|001A.2B3C.4D5E]]",
                "00:00:00:00:00:00, 01-02-03-04-05-06, 00:1A:2B:3C:4D, 00:1A:2B:3C:4D:5E:6F, 10:20:30"
            })
    void hardware(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use [[URL|postgres://svc:s3cret@db.example.com:5432/orders]], now",
                "([[URL|https://jane:pw@example.com/a?b=c]]) \"[[URL|redis://:p4ss@cache:6379/0]]\"",
                "https://example.com/a:b@c http://[[EMAIL|user@example.com]]/ ssh://git@example.com, ://x:y@z"
            })
    void urlsWithCredentials(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSN [[NATIONAL_ID|078-05-1120]], ssn: "
                        + "[[NATIONAL_ID|078051120]], 000-12-3456, 666-12-3456, 123-00-4567",
                "NIR [[NATIONAL_ID|2 55 08 14 168 025 38]], [[NATIONAL_ID|255081416802538]], 255081416802539",
                "DNI [[NATIONAL_ID|12345678Z]], [[NATIONAL_ID|12.345.678-Z]], NIE [[NATIONAL_ID|X1234567L]], 12345678A",
                "[[NATIONAL_ID|AB123456C]], [[NATIONAL_ID|JK 12 34 56 D]], BG123456C, AB123456E",
                "NHS number [[NATIONAL_ID|943 476 5919]], nhs [[NATIONAL_ID|9434765919]]",
                "passport no. [[NATIONAL_ID|X12345678]], pasaporte "
                        + "[[NATIONAL_ID|AAB123456]], passeport n° [[NATIONAL_ID|12AB34567]]",
                "NIE [[NATIONAL_ID|Y-0000000-Z]]",
                "seguridad social [[NATIONAL_ID|281234567840]]"
            })
    void nationalIds(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order #[[ORDER_ID|12345]], order number: [[ORDER_ID|A-99812]], Order ID [[ORDER_ID|98765]]",
                "commande n° [[ORDER_ID|55421]], pedido [[ORDER_ID|48213907]], factura n.º [[ORDER_ID|F2024/0012]]",
                "[[ORDER_ID|ORD-2024-001234]], [[ORDER_ID|CMD-55421]], [[ORDER_ID|112-3456789-1234567]]",
                "order 12 pizzas in 2024, in order to, order by 3, commande du 12/05/2024, t-42, u-7",
                "order 0b0e0c0a-1111-4222-8333-444455556666"
            })
    void orders(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS_SECRET_ACCESS_KEY=[[SECRET|wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY]]",
                "key [[SECRET|AK¦IAIOSFODNN7EXAMPLE]] and [[SECRET|gh¦p_abcdefghijklmnopqrstuvwxyz0123456789]]",
                "Authorization: Bearer [[SECRET|abc123def456ghi789jkl]]",
                "jwt [[SECRET|ey¦JhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P]].",
                "[[SECRET|-----BEGIN RSA PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA7\\n-----END RSA PRIVATE KEY-----]]\\nbye",
                "password: [[SECRET|hunter2]], pwd=[[SECRET|swordfish]]&x=1, PIN: [[SECRET|1234]]",
                "mot de passe : [[SECRET|S3cure-Pass]], contraseña: "
                        + "[[SECRET|luna2019#]], the password is [[SECRET|hunter2!]]",
                "{\\\"api_key\\\": \\\"[[SECRET|a8f5f167f44f4964e6c998dee827110c]]\\\"}",
                "Password: required, password=null, token: none, password: ****, secret=${SECRET}, password reset",
                "spin: 360, mapping: 1234, tokens: 12345, Basic authentication, the password is incorrect"
            })
    void secrets(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at [[ADDRESS|221B Baker Street, London NW1 6XE, UK]].",
                "to [[ADDRESS|1600 Pennsylvania Ave NW, Washington, DC 20500]] by noon",
                "[[ADDRESS|Flat 3, 12 King's Road, Leeds, LS2 7EW]]; [[ADDRESS|P.O. Box 123]]",
                "[[ADDRESS|123 5th Ave, Apt 4B]]\\n[[ADDRESS|51 Franklin Street, Fifth Floor, Boston, MA 02110]]",
                "[[ADDRESS|12 bis, rue de la Paix, 75002 Paris]], [[ADDRESS|5 place du Marché 31000 Toulouse]]",
                "[[ADDRESS|10 rue de Rivoli à Paris]], [[ADDRESS|3 rue du 8 mai 1945 67000 Strasbourg]]",
                "[[ADDRESS|12 BIS RUE DES LILAS 75020 PARIS CEDEX 20]]",
                "[[ADDRESS|Calle Mayor, 12, 3º B, 28013 Madrid]] y [[ADDRESS|C/ de Alcalá nº 5]]",
                "[[ADDRESS|Avda. de la Constitución 3, piso 2, 41001 Sevilla, España]], "
                        + "[[ADDRESS|Plaza de España s/n]]",
                "[[ADDRESS|calle mayor 5, 28001 madrid]]",
                "5 minutes drive, 2 cours de français, 3 places, la rue est longue, la calle está cerrada",
                "12 May Day parades, 100 Best Practices, 3 Steps"
            })
    void addresses(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi [[PERSON|Jane]], ask [[PERSON|John F. Kennedy]] and [[PERSON|Jean-Pierre Dupont]].",
                "Mr. [[PERSON|Keeling]] met Dr [[PERSON|van der Berg]], "
                        + "Mme [[PERSON|Le Goff]] et la señora [[PERSON|Peñalver]]",
                "My name is [[PERSON|Rahsaan Kuhic]]. Je m'appelle "
                        + "[[PERSON|Kylian Quemener]]. Me llamo [[PERSON|Yeray Ox]].",
                "my name is [[PERSON|jane smith]] and i am here",
                "Name: [[PERSON|Zoltan Xu]]\\nCustomer: [[PERSON|Wojciech Zdun]]\\nTitulaire : [[PERSON|Aïssata Ba]]",
                "Best regards,\\n[[PERSON|Torvald Quux]]\\nCEO",
                "Un saludo,\\n[[PERSON|Aroa Zubizarreta]]",
                "avec [[PERSON|Priya O'Connor]], [[PERSON|María García López]] y [[PERSON|Ana de la Fuente]]",
                "[[PERSON|JOHN SMITH]] and [[PERSON|Tobias M. McCarthy]] and [[PERSON|J. Fernández]]",
                "Will you mark this? May is warm, Grace period, Paris in April, Rose and Violet, Jordan exports",
                "Hospital San José, rue Victor Hugo, Martin Luther King Library, Saint-Martin, Lake Victoria",
                "Dear Sir or Madam, Hello World, Hi Team, Bonjour à tous, Hola Mundo, Dear Customer,",
                "Product name: Super Widget, my name is not important, Don't worry, Mercedes-Benz"
            })
    void people(String text) {
        assertFound(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TOKEN_0b0e0c0a-1111-8222-8333-444455556666",
                "0b0e0c0a-1111-4222-8333-444455556666 and 12345678-1234-4234-8234-123456789012",
                "task t-42 of user u-7 in tenant acme-1, 3.14159265358979, 1e-9, 0x80070057, 1920x1080",
                "TOKEN_0b0e0c0a-1111-8222-8333-444455556666@example.com"
            })
    void tokensAndOtherIds(String text) {
        assertFound(text);
    }
}
