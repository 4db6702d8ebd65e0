package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.ProbeResult.Certificate;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every server's certificates pass and remembers what is wrong with them, so that they can be
 * told where a handshake would only fail. Nothing secret is ever sent over such a connection.
 */
final class Certificates extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager judge;
  private Optional<Certificate> seen = Optional.empty();

  Certificates(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  Optional<Certificate> seen() {
    return seen;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
    Optional<String> fault = Optional.empty();
    try {
      judge.checkServerTrusted(chain, type, socket);
      for (X509Certificate certificate : chain) {
        certificate.checkValidity(); // the judge leaves out those that are trusted by themselves
      }
    } catch (CertificateException | RuntimeException e) {
      fault = Optional.of(deepest(e));
    }
    Instant first = Instant.MAX;
    for (X509Certificate certificate : chain) {
      Instant notAfter = certificate.getNotAfter().toInstant();
      first = notAfter.isBefore(first) ? notAfter : first;
    }
    seen =
        Optional.of(
            new Certificate(
                chain[0].getSubjectX500Principal().getName(),
                chain[0].getIssuerX500Principal().getName(),
                first,
                fault));
  }

  /** The innermost message says most: "NotAfter: …" rather than "validity check failed". */
  private static String deepest(Exception e) {
    Throwable at = e;
    while (at.getCause() != null && at.getCause() != at) {
      at = at.getCause();
    }
    return String.valueOf(at.getMessage());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException("probes use sockets");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException("probes use sockets");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
    throw new UnsupportedOperationException("probes are clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
    throw new UnsupportedOperationException("probes are clients");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {
    throw new UnsupportedOperationException("probes are clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
