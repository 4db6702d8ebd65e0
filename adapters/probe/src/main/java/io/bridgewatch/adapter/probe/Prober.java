package io.bridgewatch.adapter.probe;

import io.bridgewatch.model.Probe;
import io.bridgewatch.model.ProbeResult;
import io.bridgewatch.model.ProbeResult.Certificate;
import io.bridgewatch.model.ProbeResult.Failure;
import io.bridgewatch.model.ProbeResult.Phase;
import io.bridgewatch.model.ProbeResult.Reason;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Runs probes, one run on the thread that asks for it. Safe for use by several threads.
 *
 * <p>When a run's time is over its connection is closed, whatever it was waiting for; looking a
 * name up is left behind.
 */
public final class Prober implements AutoCloseable, ProbeRunner {

  private final X509ExtendedTrustManager judge;
  private final ScheduledThreadPoolExecutor watchdog;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param trusted whose certificates are trusted; empty for those that the JDK trusts
   * @throws GeneralSecurityException if these cannot be used
   */
  public Prober(Optional<KeyStore> trusted) throws GeneralSecurityException {
    this.judge = judge(trusted.orElse(null));
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("probe-watchdog").unstarted(task));
    this.watchdog.setRemoveOnCancelPolicy(true);
  }

  private static X509ExtendedTrustManager judge(@Nullable KeyStore trusted)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager judge) {
        return judge;
      }
    }
    throw new GeneralSecurityException("the JDK brings no judge of certificates");
  }

  /** What a run has found so far. */
  private static final class Found {
    private Optional<Integer> status = Optional.empty();
    private Optional<Certificate> certificate = Optional.empty();
  }

  @Override
  public ProbeResult run(Probe probe, Instant at) {
    var phases = new Phases(System::nanoTime, probe.schedule().timeout());
    var found = new Found();
    Optional<Failure> failure = Optional.empty();
    try {
      InetAddress address = resolved(probe, phases);
      switch (probe) {
        case Probe.Http http -> http(http, address, phases, found);
        case Probe.Tcp tcp -> tcp(tcp, address, phases);
        case Probe.Tls tls -> tls(tls, address, phases, found);
        case Probe.Dns dns -> dns(dns, address, phases);
      }
    } catch (ProbeFailedException e) {
      failure = Optional.of(e.failure());
    } catch (IOException e) {
      failure = Optional.of(failure(probe, phases, e));
    }
    phases.end();
    return new ProbeResult(probe, at, phases.took(), failure, found.status, found.certificate);
  }

  private static InetAddress resolved(Probe probe, Phases phases)
      throws IOException, ProbeFailedException {
    var address = new CompletableFuture<InetAddress>();
    Thread.startVirtualThread(
        () -> {
          try {
            address.complete(InetAddress.getByName(probe.host()));
          } catch (IOException e) {
            address.completeExceptionally(e);
          }
        });
    try {
      return address.get(phases.millisLeft(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException(probe.host());
    } catch (TimeoutException e) {
      throw new ProbeFailedException(Reason.TIMED_OUT, timedOut(probe, phases), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the hub is stopping", e);
    }
  }

  private interface Use<T extends Closeable> {
    void use(T resource) throws IOException, ProbeFailedException;
  }

  /** Uses what can be closed, and closes it at the latest when the time is over. */
  private <T extends Closeable> void inTime(T resource, Phases phases, Use<T> use)
      throws IOException, ProbeFailedException {
    var end =
        watchdog.schedule(
            () -> {
              phases.giveUp();
              try {
                resource.close();
              } catch (IOException e) {
                // it is being given up
              }
            },
            phases.millisLeft(),
            TimeUnit.MILLISECONDS);
    try (resource) {
      use.use(resource);
    } finally {
      end.cancel(false);
    }
  }

  private void tcp(Probe probe, InetAddress address, Phases phases)
      throws IOException, ProbeFailedException {
    inTime(new Socket(), phases, socket -> connect(socket, probe, address, phases));
  }

  private static void connect(Socket socket, Probe probe, InetAddress address, Phases phases)
      throws IOException {
    phases.begin(Phase.CONNECT);
    socket.connect(new InetSocketAddress(address, probe.port()), phases.millisLeft());
  }

  private void tls(Probe.Tls probe, InetAddress address, Phases phases, Found found)
      throws IOException, ProbeFailedException {
    inTime(
        new Socket(),
        phases,
        socket -> {
          connect(socket, probe, address, phases);
          handshake(socket, probe, phases, found).close();
        });
  }

  /** Shakes hands; fails afterwards where the certificates are not to be trusted. */
  private SSLSocket handshake(Socket socket, Probe probe, Phases phases, Found found)
      throws IOException, ProbeFailedException {
    phases.begin(Phase.TLS);
    var certificates = new Certificates(judge);
    SSLSocket encrypted = encrypted(socket, probe, certificates);
    try {
      encrypted.startHandshake();
    } catch (SSLException e) {
      if (phases.isOver()) {
        throw e;
      }
      throw new ProbeFailedException(
          Reason.HANDSHAKE_FAILED,
          "cannot shake hands with " + place(probe) + ": " + e.getMessage(),
          e);
    } finally {
      found.certificate = certificates.seen();
    }
    Optional<String> fault = found.certificate.flatMap(Certificate::fault);
    if (fault.isPresent()) {
      throw new ProbeFailedException(
          Reason.CERTIFICATE_INVALID,
          "cannot trust the certificate of " + place(probe) + ": " + fault.get(),
          null);
    }
    return encrypted;
  }

  private static SSLSocket encrypted(Socket socket, Probe probe, Certificates certificates)
      throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {certificates}, null);
      var encrypted =
          (SSLSocket)
              context.getSocketFactory().createSocket(socket, probe.host(), probe.port(), true);
      var parameters = encrypted.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the name must fit
      encrypted.setSSLParameters(parameters);
      return encrypted;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  private void http(Probe.Http probe, InetAddress address, Phases phases, Found found)
      throws IOException, ProbeFailedException {
    inTime(
        new Socket(),
        phases,
        plain -> {
          connect(plain, probe, address, phases);
          Socket socket = probe.isEncrypted() ? handshake(plain, probe, phases, found) : plain;
          exchange(probe, socket, phases, found);
        });
  }

  private static void exchange(Probe.Http probe, Socket socket, Phases phases, Found found)
      throws IOException, ProbeFailedException {
    var exchange = new HttpExchange(probe, phases);
    String body = exchange.run(socket.getInputStream(), socket.getOutputStream());
    found.status = Optional.of(exchange.status());
    if (!probe.isRight(exchange.status())) {
      throw new ProbeFailedException(
          Reason.STATUS_UNEXPECTED,
          "saw status %d of %s, wanted %s"
              .formatted(
                  exchange.status(),
                  probe.url(),
                  probe.statuses().isEmpty() ? "200 to 399" : new TreeSet<>(probe.statuses())),
          null);
    }
    if (probe.body().isPresent() && !probe.body().get().matcher(body).find()) {
      throw new ProbeFailedException(
          Reason.BODY_UNEXPECTED,
          "did not find %s in the body of %s".formatted(probe.body().get(), probe.url()),
          null);
    }
  }

  private void dns(Probe.Dns probe, InetAddress server, Phases phases)
      throws IOException, ProbeFailedException {
    inTime(
        new DatagramSocket(),
        phases,
        socket -> {
          Set<String> seen = new DnsExchange(probe, random.nextInt()).run(socket, server, phases);
          if (seen.isEmpty() || !seen.containsAll(probe.addresses())) {
            throw new ProbeFailedException(
                Reason.ADDRESS_UNEXPECTED,
                "saw %s for %s, wanted %s"
                    .formatted(
                        seen,
                        probe.question(),
                        probe.addresses().isEmpty() ? "any address" : probe.addresses()),
                null);
          }
        });
  }

  private static Failure failure(Probe probe, Phases phases, IOException e) {
    if (phases.isOver() || e instanceof SocketTimeoutException) {
      return new Failure(Reason.TIMED_OUT, timedOut(probe, phases));
    }
    return switch (e) {
      case UnknownHostException _ ->
          new Failure(Reason.RESOLVE_FAILED, "cannot find the address of " + probe.host());
      case ConnectException refused ->
          new Failure(
              Reason.CONNECTION_REFUSED,
              "cannot connect to " + place(probe) + ": " + refused.getMessage());
      default ->
          new Failure(
              Reason.CONNECTION_FAILED,
              "lost the connection to " + place(probe) + ": " + e.getMessage());
    };
  }

  private static String timedOut(Probe probe, Phases phases) {
    return "no end of %s with %s within %s"
        .formatted(phases.current().id(), place(probe), probe.schedule().timeout());
  }

  private static String place(Probe probe) {
    return probe.host() + ":" + probe.port();
  }

  @Override
  public void close() {
    watchdog.shutdownNow();
  }
}
