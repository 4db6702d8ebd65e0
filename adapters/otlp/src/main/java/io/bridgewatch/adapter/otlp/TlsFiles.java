package io.bridgewatch.adapter.otlp;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What the gRPC server shows that it is itself. The files are read again when they change, so that
 * a certificate is renewed without a restart; if they cannot be read then, the last ones stay.
 *
 * @param certificates the server's own first, then those between it and an authority; PEM
 * @param privateKey PKCS #8 in PEM, not encrypted
 * @param checkEvery how often they are looked at
 */
public record TlsFiles(Path certificates, Path privateKey, Duration checkEvery) {

  /** Looked at every minute. */
  public static TlsFiles of(Path certificates, Path privateKey) {
    return new TlsFiles(certificates, privateKey, Duration.ofMinutes(1));
  }
}
