package io.bridgewatch.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a hub answers.
 *
 * @param text such as {@code http://127.0.0.1:8080}, without a slash at its end
 */
record HubAddress(String text) {

  static final HubAddress USUAL = new HubAddress("http://127.0.0.1:8080");

  /** Empty if that is no address of a hub. */
  static Optional<HubAddress> of(String text) {
    var whole = text.strip().replaceFirst("/+$", "");
    try {
      var uri = new URI(whole.contains("://") ? whole : "http://" + whole);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return web && uri.getHost() != null && uri.getRawUserInfo() == null
          ? Optional.of(new HubAddress(uri.toString()))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  URI resolve(String path) {
    return URI.create(text + path);
  }

  /** Whether what is sent there can be read on the way. */
  boolean isOpenToOthers() {
    var uri = URI.create(text);
    if ("https".equals(uri.getScheme())) {
      return false;
    }
    try {
      return !InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
