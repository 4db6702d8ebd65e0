package io.bridgewatch.adapter.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult;
import io.bridgewatch.model.ProbeResult.Phase;
import io.bridgewatch.model.ProbeResult.Reason;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProberTest {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final Probe.Schedule SCHEDULE =
      new Probe.Schedule("shop", Duration.ofMinutes(1), Duration.ofSeconds(20));
  private static final Probe.Schedule IMPATIENT =
      new Probe.Schedule("shop", Duration.ofMinutes(1), Duration.ofMillis(300));

  private final Path folder;
  private final Prober prober = new Prober(Optional.empty());

  ProberTest(@TempDir Path folder) throws GeneralSecurityException {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    prober.close();
  }

  @Test
  void anHttpAnswerIsJudgedByStatusAndBodyAndTimedByPhase() throws IOException {
    HttpServer server = server(HttpServer.create(), 200, "all is well");
    try {
      ProbeResult right = prober.run(http(server, Set.of(200), "is w[e]ll"), NOW);
      assertThat(right.failure()).isEmpty();
      assertThat(right.status()).contains(200);
      assertThat(right.phases())
          .containsOnlyKeys(Phase.RESOLVE, Phase.CONNECT, Phase.FIRST_BYTE, Phase.TRANSFER);
      assertThat(right.total()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(20));

      assertThat(reason(prober.run(http(server, Set.of(200), "is ill"), NOW)))
          .isEqualTo(Reason.BODY_UNEXPECTED);
      ProbeResult status = prober.run(http(server, Set.of(204), "well"), NOW);
      assertThat(reason(status)).isEqualTo(Reason.STATUS_UNEXPECTED);
      assertThat(status.failure().orElseThrow().message())
          .contains("saw status 200")
          .contains("wanted [204]");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAnswerInChunksIsPutTogether() throws IOException {
    HttpServer server = server(HttpServer.create(), 200, "ab".repeat(50_000) + "end");
    try {
      assertThat(prober.run(http(server, Set.of(), "end$"), NOW).failure()).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aTrustedCertificateTellsWhenItExpires() throws Exception {
    var certificates = LocalCertificates.make(folder, "localhost", "", 30);
    HttpsServer server = (HttpsServer) server(https(certificates), 200, "ok");
    try (var trusting = new Prober(Optional.of(certificates.trust()))) {
      ProbeResult http = trusting.run(http(server, Set.of(), "ok"), NOW);
      ProbeResult tls = trusting.run(tls(server, "localhost"), NOW);

      assertThat(http.failure()).isEmpty();
      assertThat(http.phases()).containsOnlyKeys(Phase.values());
      assertThat(tls.failure()).isEmpty();
      assertThat(tls.phases()).containsOnlyKeys(Phase.RESOLVE, Phase.CONNECT, Phase.TLS);
      var certificate = tls.certificate().orElseThrow();
      assertThat(certificate.subject()).isEqualTo("CN=localhost");
      assertThat(certificate.daysLeft(Instant.now())).isBetween(29L, 30L);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedFailsAndIsToldAllTheSame() throws Exception {
    var certificates = LocalCertificates.make(folder, "localhost", "", 30);
    HttpsServer server = (HttpsServer) server(https(certificates), 200, "ok");
    try {
      ProbeResult result = prober.run(tls(server, "localhost"), NOW);
      assertThat(reason(result)).isEqualTo(Reason.CERTIFICATE_INVALID);
      assertThat(result.certificate().orElseThrow().notAfter())
          .isAfter(Instant.now().plus(28, ChronoUnit.DAYS));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anExpiredCertificateAndOneForAnotherNameFail() throws Exception {
    var expired = LocalCertificates.make(folder, "localhost", "-10d", 5);
    HttpsServer old = (HttpsServer) server(https(expired), 200, "ok");
    var other = LocalCertificates.make(folder, "other.example", "", 30);
    HttpsServer strange = (HttpsServer) server(https(other), 200, "ok");
    try (var trustsExpired = new Prober(Optional.of(expired.trust()));
        var trustsOther = new Prober(Optional.of(other.trust()))) {
      ProbeResult late = trustsExpired.run(tls(old, "localhost"), NOW);
      assertThat(reason(late)).isEqualTo(Reason.CERTIFICATE_INVALID);
      assertThat(late.certificate().orElseThrow().daysLeft(Instant.now())).isNegative();

      ProbeResult wrong = trustsOther.run(tls(strange, "localhost"), NOW);
      assertThat(reason(wrong)).isEqualTo(Reason.CERTIFICATE_INVALID);
      assertThat(wrong.failure().orElseThrow().message()).contains("localhost");
    } finally {
      old.stop(0);
      strange.stop(0);
    }
  }

  @Test
  void plainTextWhereTlsIsWantedIsAFailedHandshake() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      say(server, "HTTP/1.1 400 Bad Request\r\n\r\n");
      assertThat(
              reason(prober.run(new Probe.Tls(SCHEDULE, "127.0.0.1", server.getLocalPort()), NOW)))
          .isEqualTo(Reason.HANDSHAKE_FAILED);
    }
  }

  @Test
  void aClosedPortIsRefusedAndAnOpenOneIsNot() throws IOException {
    int port;
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = server.getLocalPort();
      assertThat(prober.run(new Probe.Tcp(SCHEDULE, "127.0.0.1", port), NOW).failure()).isEmpty();
    }
    ProbeResult refused = prober.run(new Probe.Tcp(SCHEDULE, "127.0.0.1", port), NOW);
    assertThat(reason(refused)).isEqualTo(Reason.CONNECTION_REFUSED);
    assertThat(refused.phases()).containsOnlyKeys(Phase.RESOLVE, Phase.CONNECT);
  }

  @Test
  void aServerThatSaysNothingIsGivenUpInTheRightPhase() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String authority = "127.0.0.1:" + silent.getLocalPort();
      ProbeResult http =
          prober.run(
              new Probe.Http(
                  IMPATIENT, "http://" + authority, "GET", Map.of(), Set.of(), Optional.empty()),
              NOW);
      ProbeResult tls =
          prober.run(new Probe.Tls(IMPATIENT, "127.0.0.1", silent.getLocalPort()), NOW);

      assertThat(reason(http)).isEqualTo(Reason.TIMED_OUT);
      assertThat(http.failure().orElseThrow().message()).contains("first_byte").contains("0.3S");
      assertThat(reason(tls)).isEqualTo(Reason.TIMED_OUT);
      assertThat(tls.phases()).containsKey(Phase.TLS);
    }
  }

  @Test
  void anAnswerThatIsNoHttpIsBroken() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      say(server, "SSH-2.0-x\r\n\r\n");
      ProbeResult result =
          prober.run(
              new Probe.Http(
                  SCHEDULE,
                  "http://127.0.0.1:" + server.getLocalPort(),
                  "GET",
                  Map.of(),
                  Set.of(),
                  Optional.empty()),
              NOW);
      assertThat(reason(result)).isEqualTo(Reason.ANSWER_BROKEN);
      assertThat(result.failure().orElseThrow().message()).contains("SSH-2.0-x");
    }
  }

  @Test
  void aNameServerIsAskedAndItsAnswerJudged() throws IOException {
    try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      answerQuestions(server);
      assertThat(prober.run(dns(server, "bank.example", Set.of("10.1.2.3")), NOW).failure())
          .isEmpty();
      assertThat(reason(prober.run(dns(server, "bank.example", Set.of("10.9.9.9")), NOW)))
          .isEqualTo(Reason.ADDRESS_UNEXPECTED);
      ProbeResult missing = prober.run(dns(server, "no.example", Set.of()), NOW);
      assertThat(reason(missing)).isEqualTo(Reason.RESOLVE_FAILED);
      assertThat(missing.failure().orElseThrow().message()).contains("no such name");
    }
  }

  @Test
  void aNameWithoutAnAddressCannotBeResolved() {
    ProbeResult result = prober.run(new Probe.Tcp(SCHEDULE, "no-such-host.invalid", 80), NOW);
    assertThat(reason(result)).isEqualTo(Reason.RESOLVE_FAILED);
    assertThat(result.phases()).containsOnlyKeys(Phase.RESOLVE);
  }

  /** Says a few words to the first that calls, and waits until that hangs up. */
  private static void say(ServerSocket server, String words) {
    Thread.startVirtualThread(
        () -> {
          try (var socket = server.accept()) {
            socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().readAllBytes();
          } catch (IOException e) {
            // the probe has hung up
          }
        });
  }

  /** 10.1.2.3 for every name, but for those that begin with "no". */
  private static void answerQuestions(DatagramSocket server) {
    Thread.startVirtualThread(
        () -> {
          var packet = new DatagramPacket(new byte[512], 512);
          try {
            while (true) {
              server.receive(packet);
              boolean known = packet.getData()[13] != 'n';
              var answer = ByteBuffer.allocate(packet.getLength() + 16);
              answer.put(packet.getData(), 0, packet.getLength());
              answer.putShort(2, (short) (known ? 0x8180 : 0x8183));
              if (known) {
                answer.putShort(6, (short) 1);
                answer.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1);
                answer.putInt(60).putShort((short) 4).put(new byte[] {10, 1, 2, 3});
              }
              server.send(
                  new DatagramPacket(answer.array(), answer.position(), packet.getSocketAddress()));
            }
          } catch (IOException e) {
            // the test is over
          }
        });
  }

  private static Probe dns(DatagramSocket server, String question, Set<String> addresses) {
    return new Probe.Dns(
        SCHEDULE, "127.0.0.1", server.getLocalPort(), question, Probe.DnsType.A, addresses);
  }

  private static Probe http(HttpServer server, Set<Integer> statuses, String body) {
    boolean encrypted = server instanceof HttpsServer;
    return new Probe.Http(
        SCHEDULE,
        (encrypted ? "https://localhost:" : "http://127.0.0.1:")
            + server.getAddress().getPort()
            + "/health?deep=1",
        "GET",
        Map.of("X-Probe", "1"),
        statuses,
        Optional.of(Pattern.compile(body)));
  }

  private static Probe tls(HttpServer server, String host) {
    return new Probe.Tls(SCHEDULE, host, server.getAddress().getPort());
  }

  private static HttpsServer https(LocalCertificates certificates)
      throws IOException, GeneralSecurityException {
    HttpsServer server = HttpsServer.create();
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.server()));
    return server;
  }

  private static HttpServer server(HttpServer server, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/health",
        exchange -> {
          boolean asked =
              exchange.getRequestURI().getQuery().equals("deep=1")
                  && exchange.getRequestHeaders().getFirst("X-Probe").equals("1");
          // above a size, in chunks
          exchange.sendResponseHeaders(
              asked ? status : 400, bytes.length > 1_000 ? 0 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.start();
    return server;
  }

  private static Reason reason(ProbeResult result) {
    return result.failure().orElseThrow().reason();
  }
}
