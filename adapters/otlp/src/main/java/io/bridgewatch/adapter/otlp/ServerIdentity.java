package io.bridgewatch.adapter.otlp;

import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A server's certificates and key, read again when their files change. */
final class ServerIdentity implements AutoCloseable {

  private final ServerCredentials credentials;
  private final ScheduledExecutorService thread;

  private ServerIdentity(ServerCredentials credentials, ScheduledExecutorService thread) {
    this.credentials = credentials;
    this.thread = thread;
  }

  /**
   * Reads the files for the first time.
   *
   * @throws IOException if they cannot be used
   */
  static ServerIdentity of(TlsFiles files) throws IOException {
    var thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("certificates").factory());
    try {
      var keys = new AdvancedTlsX509KeyManager();
      File certificates = files.certificates().toFile();
      File key = files.privateKey().toFile();
      keys.updateIdentityCredentials(
          certificates, key, files.checkEvery().toMillis(), TimeUnit.MILLISECONDS, thread);
      return new ServerIdentity(TlsServerCredentials.newBuilder().keyManager(keys).build(), thread);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      thread.shutdownNow();
      throw new IOException(
          "cannot use the certificates %s with the key %s: %s; wanted PEM, the key as PKCS #8 without a password"
              .formatted(files.certificates(), files.privateKey(), e.getMessage()),
          e);
    }
  }

  ServerCredentials credentials() {
    return credentials;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
