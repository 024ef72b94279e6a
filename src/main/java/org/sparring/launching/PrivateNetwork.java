package org.sparring.launching;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Distinguishes addresses that only a private network reaches from public ones. */
final class PrivateNetwork {
  private PrivateNetwork() {}

  /**
   * Returns the first address that resolves to a public one, with what it resolves to.
   *
   * @param addresses host:port
   */
  static Optional<String> firstOutside(List<String> addresses) {
    return addresses.stream().flatMap(address -> outside(address).stream()).findFirst();
  }

  private static Optional<String> outside(String address) {
    String host = address.substring(0, address.lastIndexOf(':'));
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .filter(found -> !holds(found))
          .map(found -> address + " (" + found.getHostAddress() + ")")
          .findFirst();
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Returns whether an address is reachable only from this machine or from a private network. */
  static boolean holds(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || isShared(address)
        || isUniqueLocal(address);
  }

  /** 100.64.0.0/10, which providers and Kubernetes use inside their networks (RFC 6598). */
  private static boolean isShared(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
  }

  /** fc00::/7, the private addresses of IPv6 (RFC 4193). */
  private static boolean isUniqueLocal(InetAddress address) {
    return !(address instanceof Inet4Address) && (address.getAddress()[0] & 0xfe) == 0xfc;
  }
}
