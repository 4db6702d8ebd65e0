package io.bridgewatch.adapter.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrpcTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  private final RecordingIntake intake = new RecordingIntake();

  private GrpcReceiver start() throws IOException {
    var files =
        new TlsFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), Duration.ofMillis(20));
    return GrpcReceiver.start(
        new TelemetryReceiver(intake, ReceiverSettings.DEFAULT, InstantSource.fixed(Requests.NOW)),
        "s3cret"::equals,
        GrpcSettings.on("127.0.0.1", 0).withTls(Optional.of(files)));
  }

  @Test
  void whoTrustsTheCertificateIsHeard() throws Exception {
    identity(1);
    try (var server = start()) {
      send(server.port(), trusting());
      assertThat(intake.keptLogs()).hasSize(1);
    }
  }

  @Test
  void whoSpeaksInTheClearOrTrustsAnotherIsNot() throws Exception {
    identity(1);
    ChannelCredentials old = trusting();
    identity(2);
    try (var server = start()) {
      for (var credentials : List.of(InsecureChannelCredentials.create(), old)) {
        var refused =
            catchThrowableOfType(
                StatusRuntimeException.class, () -> send(server.port(), credentials));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
      assertThat(intake.keptLogs()).isEmpty();
    }
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
    identity(1);
    try (var server = start()) {
      send(server.port(), trusting());
      identity(2);
      var renewed = trusting();
      Instant end = Instant.now().plusSeconds(60);
      while (!isHeard(server.port(), renewed)) {
        assertThat(Instant.now()).isBefore(end);
      }
      Files.writeString(folder.resolve("tls.crt"), "torn");
      send(server.port(), renewed);
    }
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    identity(1);
    Files.writeString(folder.resolve("tls.key"), "no key");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(this::start)
        .withMessageContaining("tls.crt")
        .withMessageContaining("tls.key")
        .withMessageContaining("PKCS #8");
  }

  private boolean isHeard(int port, ChannelCredentials credentials) throws Exception {
    try {
      send(port, credentials);
      return true;
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      return false;
    }
  }

  private static void send(int port, ChannelCredentials credentials) throws Exception {
    ManagedChannel channel = NettyChannelBuilder.forAddress("localhost", port, credentials).build();
    try {
      var headers = new Metadata();
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer s3cret");
      var answer =
          LogsServiceGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
              .withDeadlineAfter(30, TimeUnit.SECONDS)
              .export(Requests.log("hello"));
      assertThat(answer.hasPartialSuccess()).isFalse();
    } finally {
      channel.shutdownNow();
      assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private ChannelCredentials trusting() throws IOException {
    return TlsChannelCredentials.newBuilder()
        .trustManager(folder.resolve("tls.crt").toFile())
        .build();
  }

  /** Writes a certificate that signs itself, and its key, as if at that many seconds. */
  private void identity(int number) throws Exception {
    Path store = folder.resolve("store-" + number);
    keytool(
        "-genkeypair",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-dname",
        "CN=server-" + number,
        "-validity",
        "2",
        "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    var modified = FileTime.from(Instant.ofEpochSecond(1_700_000_000L + number));
    pem("tls.crt", "CERTIFICATE", keys.getCertificate("server").getEncoded(), modified);
    pem("tls.key", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded(), modified);
  }

  private void pem(String name, String what, byte[] content, FileTime modified) throws IOException {
    Path file = folder.resolve(name);
    Path next = folder.resolve(name + ".next");
    Files.writeString(
        next,
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(content), what));
    Files.setLastModifiedTime(next, modified);
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void keytool(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", new String(PASSWORD), "-alias", "server"));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
