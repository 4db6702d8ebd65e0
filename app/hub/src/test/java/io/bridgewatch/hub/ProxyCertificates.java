package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Authorities, servers and clients for a test, made by the JDK's keytool. */
final class ProxyCertificates {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  ProxyCertificates(Path folder) {
    this.folder = folder;
  }

  /** Makes an authority; its certificate in PEM. */
  String authority(String name) throws IOException, InterruptedException {
    keytool(
        name,
        "-genkeypair",
        "-dname",
        "CN=" + name,
        "-ext",
        "bc:c",
        "-validity",
        "2",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1");
    return keytool(name, "-exportcert", "-rfc");
  }

  /** Makes a certificate of that name that the authority signed, in a store of its own. */
  void signed(String name, String authority, String... extensions)
      throws IOException, InterruptedException {
    keytool(
        name,
        "-genkeypair",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1");
    Path request = folder.resolve(name + ".csr");
    Files.writeString(request, keytool(name, "-certreq"));
    var arguments = new ArrayList<>(List.of("-gencert", "-rfc", "-validity", "2"));
    arguments.addAll(List.of("-infile", request.toString()));
    for (String extension : extensions) {
      arguments.addAll(List.of("-ext", extension));
    }
    String certificate = keytool(authority, arguments.toArray(String[]::new));
    Path chain = folder.resolve(name + ".chain");
    Files.writeString(chain, certificate + keytool(authority, "-exportcert", "-rfc"));
    keytool(name, "-importcert", "-noprompt", "-file", chain.toString());
  }

  /** Writes certificate and key of a store as PEM files: name.crt and name.key. */
  void pem(String name) throws IOException, GeneralSecurityException {
    KeyStore store = store(name);
    var key = store.getKey(name, PASSWORD.toCharArray());
    Files.writeString(folder.resolve(name + ".key"), pem("PRIVATE KEY", key.getEncoded()));
    var text = new StringBuilder();
    for (var one : store.getCertificateChain(name)) {
      text.append(pem("CERTIFICATE", one.getEncoded()));
    }
    Files.writeString(folder.resolve(name + ".crt"), text);
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(content), what);
  }

  /** What a client with that certificate speaks TLS by; with none if the name is empty. */
  SSLContext client(String name, String trusted) throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    var none = KeyStore.getInstance("PKCS12");
    none.load(null, null);
    keys.init(name.isEmpty() ? none : store(name), PASSWORD.toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    var authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("ca", store(trusted).getCertificate(trusted));
    trust.init(authorities);
    var context = SSLContext.getInstance("TLS");
    context.init(
        name.isEmpty()
            ? keys.getKeyManagers()
            : new KeyManager[] {
              new Stubborn(name, (X509ExtendedKeyManager) keys.getKeyManagers()[0])
            },
        trust.getTrustManagers(),
        null);
    return context;
  }

  /** Shows its certificate whomever the server trusts. */
  private static final class Stubborn extends X509ExtendedKeyManager {
    private final String name;
    private final X509ExtendedKeyManager keys;

    Stubborn(String name, X509ExtendedKeyManager keys) {
      this.name = name;
      this.keys = keys;
    }

    @Override
    public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
      return name;
    }

    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
      return name;
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
      return new String[] {name};
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
      return keys.getServerAliases(kind, issuers);
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
      return keys.chooseServerAlias(kind, issuers, socket);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(file, PASSWORD.toCharArray());
    }
    return store;
  }

  private String keytool(String name, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-alias",
            name,
            "-keystore",
            folder.resolve(name + ".p12").toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    var errors = folder.resolve("keytool.err").toFile();
    var process = new ProcessBuilder(command).redirectError(errors).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output + Files.readString(errors.toPath())).isZero();
    return output;
  }
}
