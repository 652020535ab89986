package io.millrace.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OidcAccessTest {
    private static final String ISSUER = "https://login.example.com/";

    @TempDir
    static Path directory;

    private static RSAKey rsa;
    private static RSAKey foreign;
    private static ECKey ec;
    private static Path keys;

    @BeforeAll
    static void makeKeys() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("one").generate();
        foreign = new RSAKeyGenerator(2048).keyID("one").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("two").generate();
        keys = directory.resolve("keys.json");
        Files.writeString(keys, new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK())).toString());
    }

    private static OidcAccess access(URI where, String... algorithms) {
        return new OidcAccess(
                new OidcSettings(ISSUER, "millrace", where, Set.of(algorithms), "tenant", "sub", "realm_access.roles"));
    }

    private static OidcAccess access() {
        return access(keys.toUri(), "RS256", "ES256");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(List.of("other", "millrace"))
                .subject("ann")
                .claim("tenant", "acme")
                .claim("realm_access", Map.of("roles", List.of("user", "offline_access")))
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    private static String signed(JWSAlgorithm algorithm, String keyId, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID(keyId)
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(JWSAlgorithm.RS256, "one", new RSASSASigner(rsa), claims);
    }

    private static Caller identify(Access access, String token) throws DeniedException {
        return access.identify(new Credentials("Bearer " + token, "other", "127.0.0.1"));
    }

    private static void assertDenied(String token) {
        assertThatThrownBy(() -> identify(access(), token)).isInstanceOf(DeniedException.class);
    }

    @Test
    void aTokenTellsWhoCalls() throws Exception {
        assertThat(identify(access(), signed(claims().build())))
                .isEqualTo(new Caller("user acme/ann", "acme", "ann", Set.of(Role.USER)));
        assertThat(identify(access(), signed(JWSAlgorithm.ES256, "two", new ECDSASigner(ec), claims().build()))
                        .user())
                .isEqualTo("ann");
    }

    @Test
    void noTwoPeopleAreOneCaller() throws Exception {
        String one = signed(claims().claim("tenant", "a/b").subject("c").build());
        String other = signed(claims().claim("tenant", "a").subject("b/c").build());

        assertThat(identify(access(), one).name())
                .isNotEqualTo(identify(access(), other).name());
        assertDenied(signed(claims().subject("a\nb").build()));
    }

    @Test
    void aTokenOfAnotherIssuerIsNotBelieved() throws Exception {
        assertDenied(signed(claims().issuer("https://evil.example.com/").build()));
        assertDenied(signed(claims().issuer(null).build()));
    }

    @Test
    void aTokenForSomebodyElseIsNotBelieved() throws Exception {
        assertDenied(signed(claims().audience("other").build()));
        assertDenied(signed(claims().audience((String) null).build()));
    }

    @Test
    void aTokenThatIsOverOrNeverEndsIsNotBelieved() throws Exception {
        assertDenied(signed(claims().expirationTime(Date.from(Instant.now().minusSeconds(3_600)))
                .build()));
        assertDenied(signed(claims().expirationTime(null).build()));
        assertDenied(signed(claims().notBeforeTime(Date.from(Instant.now().plusSeconds(3_600)))
                .build()));
    }

    @Test
    void aTokenWithoutSignatureIsNotBelieved() {
        assertDenied(new PlainJWT(claims().build()).serialize());
    }

    @Test
    void aTokenThatIsSignedWithThePublicKeyAsSecretIsNotBelieved() throws Exception {
        byte[] known = rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);

        assertDenied(signed(JWSAlgorithm.HS256, "one", new MACSigner(known), claims().build()));
    }

    @Test
    void aTokenOfAnotherKeyIsNotBelieved() throws Exception {
        assertDenied(signed(JWSAlgorithm.RS256, "one", new RSASSASigner(foreign), claims().build()));
    }

    @Test
    void anAlgorithmThatIsNotAllowedIsNotTaken() throws Exception {
        String token = signed(JWSAlgorithm.RS512, "one", new RSASSASigner(rsa), claims().build());

        assertDenied(token);
        assertThat(identify(access(keys.toUri(), "RS512"), token).user()).isEqualTo("ann");
    }

    @Test
    void aTokenThatWasChangedIsNotBelieved() throws Exception {
        String[] parts = signed(claims().build()).split("\\.");
        String other = signed(claims().claim("tenant", "beta").build()).split("\\.")[1];

        assertDenied(parts[0] + "." + other + "." + parts[2]);
    }

    @Test
    void aTokenThatDoesNotSayWhoItIsIsNotTaken() throws Exception {
        assertDenied(signed(claims().claim("tenant", null).build()));
        assertDenied(signed(claims().claim("tenant", List.of("acme", "beta")).build()));
        assertDenied(signed(claims().claim("tenant", "x".repeat(300)).build()));
        assertDenied(signed(claims().subject(null).build()));
        assertDenied(signed(claims().claim("realm_access", Map.of("roles", List.of("admin")))
                .build()));
        assertDenied("no token");
        assertDenied("x".repeat(20_000));
    }

    /** An issuer that tells its keys until it is stopped. */
    private static HttpServer issuer() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] set = Files.readAllBytes(keys);
        issuer.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        issuer.start();
        return issuer;
    }

    private static URI keysOf(HttpServer issuer) {
        return URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
    }

    @Test
    void keysAreFetchedFromTheIssuer() throws Exception {
        HttpServer issuer = issuer();
        try {
            assertThat(identify(access(keysOf(issuer), "RS256"), signed(claims().build()))
                            .tenant())
                    .isEqualTo("acme");
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void whoCallsCanNotBeToldWhileTheIssuerWasNeverReached() throws Exception {
        HttpServer issuer = issuer();
        issuer.stop(0);
        OidcAccess access = access(keysOf(issuer), "RS256");

        // The first ones ask the issuer, and those after them not so soon again.
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> identify(access, signed(claims().build())))
                    .isInstanceOf(AccessUnavailableException.class);
        }
    }

    @Test
    void aTokenIsBelievedWhileTheIssuerIsAway() throws Exception {
        HttpServer issuer = issuer();
        OidcAccess access = new OidcAccess(
                new OidcSettings(
                        ISSUER, "millrace", keysOf(issuer), Set.of("RS256"), "tenant", "sub", "realm_access.roles"),
                Duration.ofMillis(400));
        String token = signed(claims().build());
        assertThat(identify(access, token).user()).isEqualTo("ann");
        issuer.stop(0);
        TimeUnit.MILLISECONDS.sleep(800);

        assertThat(identify(access, token).user()).isEqualTo("ann");
    }

    @Test
    void aTokenThatNamesAKeyThatThereIsNotIsNotBelieved() throws Exception {
        HttpServer issuer = issuer();
        try {
            OidcAccess access = access(keysOf(issuer), "RS256");
            String token = signed(JWSAlgorithm.RS256, "none", new RSASSASigner(foreign), claims().build());

            for (int i = 0; i < 4; i++) {
                assertThatThrownBy(() -> identify(access, token)).isInstanceOf(DeniedException.class);
            }
            assertThat(identify(access, signed(claims().build())).user()).isEqualTo("ann");
        } finally {
            issuer.stop(0);
        }
    }

    @Test
    void keysAndAlgorithmsThatWouldLetAnybodyInAreRefusedAtTheStart() {
        assertThatThrownBy(() -> access(keys.toUri(), "none"))
                .hasMessageStartingWith("oidc.algorithms: must be some of");
        assertThatThrownBy(() -> access(keys.toUri(), "HS256"))
                .hasMessageStartingWith("oidc.algorithms: must be some of");
        assertThatThrownBy(() -> access(keys.toUri())).hasMessageStartingWith("oidc.algorithms");
        assertThatThrownBy(() -> access(URI.create("http://login.example.com/keys"), "RS256"))
                .hasMessageStartingWith("oidc.keys: must be an https: or file: address");
        assertThatThrownBy(() -> access(directory.resolve("none").toUri(), "RS256"))
                .hasMessageStartingWith("oidc.keys: ");
    }
}
