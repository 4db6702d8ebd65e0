package io.bridgewatch.hub;

import io.bridgewatch.adapter.otlp.TlsFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the metrics API. The server's certificate is read again when its files change; who vouches
 * for clients is asked at each handshake.
 */
final class MetricsApiTls {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsApiTls.class);
  private static final String ALIAS = "server";
  private static final List<String> KEY_KINDS = List.of("RSA", "EC", "Ed25519");

  private MetricsApiTls() {}

  /**
   * @param clients certificates that vouch for clients; none lets nobody in
   * @throws IOException if the files cannot be read
   */
  static SSLContext context(TlsFiles files, Supplier<List<X509Certificate>> clients)
      throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new Own(files)}, new TrustManager[] {new Clients(clients)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("this JDK cannot speak TLS", e);
    }
  }

  /** The certificates of a PEM text. */
  static List<X509Certificate> certificates(String pem) throws CertificateException {
    var found = new ArrayList<X509Certificate>();
    for (Certificate one :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
      found.add((X509Certificate) one);
    }
    return found;
  }

  private static PrivateKey key(String pem, Path file) throws IOException {
    String body =
        pem.replaceAll("(?s).*-----BEGIN PRIVATE KEY-----", "")
            .replaceAll("(?s)-----END PRIVATE KEY-----.*", "")
            .replaceAll("\\s", "");
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no PKCS #8 private key in PEM", e);
    }
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (InvalidKeySpecException other) {
        continue;
      } catch (GeneralSecurityException e) {
        throw new IOException("this JDK knows no keys of kind " + kind, e);
      }
    }
    throw new IOException(file + " holds a private key that is none of " + KEY_KINDS);
  }

  /** What the server shows. */
  private static final class Own extends X509ExtendedKeyManager {
    private final TlsFiles files;
    private FileTime readAt;
    private X509Certificate[] chain;
    private PrivateKey key;
    private long lookedNanos = System.nanoTime();

    Own(TlsFiles files) throws IOException {
      this.files = files;
      this.readAt = changed();
      this.chain = chain(files.certificates());
      this.key = key(Files.readString(files.privateKey()), files.privateKey());
    }

    private static X509Certificate[] chain(Path file) throws IOException {
      try {
        var chain = certificates(Files.readString(file));
        if (chain.isEmpty()) {
          throw new IOException(file + " holds no certificate");
        }
        return chain.toArray(X509Certificate[]::new);
      } catch (CertificateException e) {
        throw new IOException(file + " holds no certificates in PEM", e);
      }
    }

    private FileTime changed() throws IOException {
      var first = Files.getLastModifiedTime(files.certificates());
      var second = Files.getLastModifiedTime(files.privateKey());
      return first.compareTo(second) > 0 ? first : second;
    }

    private synchronized void renew() {
      long now = System.nanoTime();
      if (now - lookedNanos < files.checkEvery().toNanos()) {
        return;
      }
      lookedNanos = now;
      try {
        var at = changed();
        if (!at.equals(readAt)) {
          var newChain = chain(files.certificates());
          key = key(Files.readString(files.privateKey()), files.privateKey());
          chain = newChain;
          readAt = at;
        }
      } catch (IOException e) {
        LOG.warn("the certificate of the metrics API cannot be read again; the last one stays", e);
      }
    }

    @Override
    public String chooseEngineServerAlias(
        String kind, Principal @Nullable [] issuers, SSLEngine engine) {
      renew();
      return ALIAS;
    }

    @Override
    public String chooseServerAlias(String kind, Principal @Nullable [] issuers, Socket socket) {
      renew();
      return ALIAS;
    }

    @Override
    public synchronized X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public synchronized PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String[] getServerAliases(String kind, Principal @Nullable [] issuers) {
      return new String[] {ALIAS};
    }

    @Override
    public String[] getClientAliases(String kind, Principal @Nullable [] issuers) {
      return new String[0];
    }

    @Override
    @SuppressWarnings("NullAway") // null is how the JDK says that there is none
    public String chooseClientAlias(String[] kinds, Principal @Nullable [] issuers, Socket socket) {
      return null;
    }
  }

  /** Who may be a client. */
  private static final class Clients extends X509ExtendedTrustManager {
    private final Supplier<List<X509Certificate>> authorities;

    Clients(Supplier<List<X509Certificate>> authorities) {
      this.authorities = authorities;
    }

    private void check(X509Certificate[] chain, String kind) throws CertificateException {
      List<X509Certificate> trusted = authorities.get();
      if (trusted.isEmpty()) {
        throw new CertificateException("nobody vouches for clients at present");
      }
      try {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < trusted.size(); i++) {
          store.setCertificateEntry("ca" + i, trusted.get(i));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509ExtendedTrustManager one) {
            one.checkClientTrusted(chain, kind);
          }
        }
      } catch (CertificateException refused) {
        throw refused;
      } catch (GeneralSecurityException | IOException e) {
        throw new CertificateException("clients cannot be checked", e);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      check(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      check(chain, kind);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("this is no client");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      checkServerTrusted(chain, kind);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      checkServerTrusted(chain, kind);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return authorities.get().toArray(X509Certificate[]::new);
    }
  }
}
