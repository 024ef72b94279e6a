package org.sparring.launching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "::1, true",
    "fe80::1, true",
    "fc00::1, true",
    "fdff:1::2, true",
    "fe00::1, false",
    "2001:db8::1, false",
    "::, false"
  })
  void privateAddressesOfIpv6AreKnown(String address, boolean isPrivate)
      throws UnknownHostException {
    assertEquals(isPrivate, PrivateNetwork.holds(InetAddress.getByName(address)));
  }
}
