package io.millrace.connectors.agents.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connectors.agents.HostPatterns;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {
    private static void require(Egress egress, String... addresses) throws Exception {
        InetAddress[] all = new InetAddress[addresses.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(addresses[i]);
        }
        egress.requireAddresses("crm", all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "169.253.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::101:101",
                "2002:101:101::"
            })
    void whatIsOfTheInternetIsOpen(String address) {
        assertThatCode(() -> require(Egress.INTERNET, address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, this machine itself",
        "127.255.255.255, this machine itself",
        "0.0.0.0, this machine itself",
        "::1, this machine itself",
        "::, this machine itself",
        "::ffff:127.0.0.1, this machine itself",
        "::7f00:1, this machine itself",
        "64:ff9b::7f00:1, this machine itself",
        "2002:7f00:1::, this machine itself",
        "10.0.0.1, private",
        "172.16.0.0, private",
        "172.31.255.255, private",
        "192.168.1.1, private",
        "64:ff9b::a00:1, private",
        "2002:a00:1::1, private",
        "2002:c0a8:1::, private",
        "fc00::1, private",
        "fdff::1, private",
        "100.64.0.1, shared within a provider",
        "100.127.255.255, shared within a provider",
        "64:ff9b::6440:1, shared within a provider",
        "169.254.1.1, link-local",
        "fe80::1, link-local",
        "224.0.0.1, multicast",
        "ff02::1, multicast",
        "169.254.169.254, the metadata service of a cloud",
        "64:ff9b::a9fe:a9fe, the metadata service of a cloud",
        "168.63.129.16, the metadata service of a cloud",
        "fd00:ec2::254, the metadata service of a cloud",
        "255.255.255.255, reserved",
        "198.18.0.1, reserved",
        "64:ff9b:1::a00:1, reserved",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2, reserved",
        "4000::1, reserved",
    })
    void whatIsNotIsClosedAndSaysWhatItIs(String address, String kind) {
        assertThatThrownBy(() -> require(Egress.INTERNET, address))
                .isInstanceOf(Egress.NotAllowedException.class)
                .hasMessage("the host \"crm\" has an address that is not of the internet (" + kind
                        + ") and in none of http.allowed-networks");
    }

    @Test
    void oneClosedAddressAmongSeveralIsEnough() {
        assertThatThrownBy(() -> require(Egress.INTERNET, "1.1.1.1", "10.0.0.1"))
                .isInstanceOf(Egress.NotAllowedException.class);
    }

    @Test
    void networksOpenWhatIsInThem() throws Exception {
        Egress egress = Egress.to(List.of(), List.of(" 10.1.0.0/16", "192.168.7.9", "fd12::/15"));

        require(egress, "10.1.0.0", "10.1.255.255", "192.168.7.9", "fd13::1", "64:ff9b::a01:1", "1.1.1.1");
        for (String other : List.of("10.2.0.0", "10.0.255.255", "192.168.7.8", "fd14::", "169.254.169.254")) {
            assertThatThrownBy(() -> require(egress, other)).isInstanceOf(Egress.NotAllowedException.class);
        }
    }

    @Test
    void anOperatorsOwnAddressMayBeAnywhere() {
        assertThatCode(() -> require(Egress.ANYWHERE, "169.254.169.254", "127.0.0.1"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, api.example.com, true",
        "API.example.com, api.EXAMPLE.com, true",
        "api.example.com, example.com, false",
        "example.com, api.example.com, false",
        "*.example.com, api.example.com, true",
        "*.example.com, a.b.example.com, true",
        "*.example.com, example.com, false",
        "*.example.com, .example.com, false",
        "*.example.com, evilexample.com, false",
        "*.example.com, api.example.com.evil.org, false",
        "10.0.0.1, 10.0.0.1, true",
        "[::1], [::1], true",
    })
    void aHostIsNamedByItsWholeNameOrByTheEndOfIt(String pattern, String host, boolean contained) {
        assertThat(new HostPatterns(List.of(pattern)).contain(host)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a b", "https://a", "a:8080", "a/b", "*.*.a", "a.*", "-a", "a_b", "[::1"})
    void whatIsNoHostIsRefused(String pattern) {
        assertThatThrownBy(() -> Egress.to(List.of(pattern), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\" must be a host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0/8",
                "256.0.0.0/8",
                "localhost",
                "::/129",
                "g::/8"
            })
    void whatIsNoRangeIsRefused(String network) {
        assertThatThrownBy(() -> Egress.to(List.of(), List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + network + "\" must be a range of addresses");
    }
}
