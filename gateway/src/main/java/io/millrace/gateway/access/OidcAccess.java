package io.millrace.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.millrace.gateway.file.Complaints;
import io.millrace.schema.wire.RecordKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes an identity provider: access tokens that are JWTs, signed by one of the issuer's keys with an algorithm that is
 * allowed, for this audience, and not over. Of algorithms only those with two keys can be allowed at all: not {@code none}, nor
 * those where whoever can check a token can make one.
 */
public final class OidcAccess implements Access {
    private static final Logger LOG = LoggerFactory.getLogger(OidcAccess.class);
    private static final int SKEW_SECONDS = 30;
    private static final int MAX_TOKEN = 16 * 1024;
    private static final int TIMEOUT_MILLIS = 3_000;
    private static final int MAX_KEYS_BYTES = 256 * 1024;
    /** Of the issuer's keys, before they are asked for again. */
    private static final Duration KEPT = Duration.ofMinutes(5);
    /** How long keys are believed that the issuer does not tell any more, when it tells nothing. */
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);

    private static final String UNKNOWN = "a token of the identity provider is needed: Authorization: Bearer TOKEN";

    private final OidcSettings settings;
    private final DefaultJWTProcessor<SecurityContext> processor;
    private final Complaints complaints = new Complaints(System::nanoTime, LOG::warn);
    /** Whether the issuer's keys could not be had when they were asked for last. */
    private volatile boolean outage;

    /** @throws IllegalArgumentException saying which setting is wrong */
    public OidcAccess(OidcSettings settings) {
        this(settings, KEPT);
    }

    OidcAccess(OidcSettings settings, Duration kept) {
        this.settings = settings;
        processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithms(settings), keys(settings.keys(), kept)));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", "sub"));
        claims.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    private static Set<JWSAlgorithm> algorithms(OidcSettings settings) {
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        if (algorithms.isEmpty() || !JWSAlgorithm.Family.SIGNATURE.containsAll(algorithms)) {
            throw new IllegalArgumentException("oidc.algorithms: must be some of "
                    + JWSAlgorithm.Family.SIGNATURE.stream()
                            .map(JWSAlgorithm::getName)
                            .sorted()
                            .toList());
        }
        return algorithms;
    }

    private static JWKSource<SecurityContext> keys(URI where, Duration kept) {
        try {
            if ("file".equals(where.getScheme())) {
                return new ImmutableJWKSet<>(JWKSet.load(Path.of(where).toFile()));
            }
            if (!"https".equals(where.getScheme()) && !isOfThisMachine(where)) {
                throw new IllegalArgumentException("oidc.keys: must be an https: or file: address");
            }
            long millis = kept.toMillis();
            return JWKSourceBuilder.<SecurityContext>create(
                            where.toURL(), new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_KEYS_BYTES))
                    .cache(millis, millis / 20)
                    .refreshAheadCache(millis / 10, false)
                    .rateLimited(millis / 10)
                    .retrying(true)
                    .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                    .build();
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException("oidc.keys: " + where + " can't be read: " + e.getMessage(), e);
        }
    }

    private static boolean isOfThisMachine(URI where) {
        return "http".equals(where.getScheme())
                && List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(where.getHost()));
    }

    @Override
    public Caller identify(Credentials credentials) throws DeniedException {
        String token = credentials.token();
        if (token == null || token.length() > MAX_TOKEN) {
            throw new DeniedException(UNKNOWN);
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            outage = false;
            return caller(claims);
        } catch (RateLimitReachedException e) {
            // So it is for a key that there is not, too, which whoever makes up a token can name.
            if (outage) {
                throw unavailable(e);
            }
            throw denied(e);
        } catch (KeySourceException e) {
            outage = true;
            throw unavailable(e);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw denied(e);
        }
    }

    private static DeniedException denied(Exception cause) {
        LOG.debug("A token is not believed: {}", cause.getMessage());
        return new DeniedException(UNKNOWN);
    }

    private AccessUnavailableException unavailable(Exception cause) {
        complaints.say("The keys of the identity provider can't be had: " + cause.getMessage());
        return new AccessUnavailableException("the keys of the identity provider can't be had");
    }

    private Caller caller(JWTClaimsSet claims) throws DeniedException {
        String tenant = id(claims, settings.tenantClaim());
        String user = id(claims, settings.userClaim());
        Set<Role> roles = RoleNames.known(texts(claim(claims, settings.rolesClaim())));
        if (tenant == null || user == null || roles.isEmpty()) {
            throw new DeniedException("the token says no "
                    + (tenant == null
                            ? "tenant: " + settings.tenantClaim()
                            : user == null
                                    ? "user: " + settings.userClaim()
                                    : "role of ours: " + settings.rolesClaim()));
        }
        return new Caller("user " + RecordKey.of(tenant, user), tenant, user, roles);
    }

    private static String id(JWTClaimsSet claims, String name) {
        Object value = claim(claims, name);
        return value instanceof String text && Ids.isValid(text) ? text : null;
    }

    /** A claim of that name, or what the dots in it lead to: {@code realm_access.roles}. */
    private static Object claim(JWTClaimsSet claims, String name) {
        Object whole = claims.getClaim(name);
        if (whole != null) {
            return whole;
        }
        Object value = claims.getClaims();
        for (String part : name.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(part) : null;
        }
        return value;
    }

    private static Collection<String> texts(Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return value instanceof String text ? Arrays.asList(text.split(" ")) : List.of();
    }

    @Override
    public String description() {
        return "by tokens of " + settings.issuer();
    }
}
