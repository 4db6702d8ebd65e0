package io.bridgewatch.adapter.kubernetes;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A request to the API server that did not give what was asked for. */
final class ApiException extends IOException {
  private static final long serialVersionUID = 1;

  private static final int MAX_CAUSES = 20;

  private final FeedReason reason;
  private final transient @Nullable Duration retryAfter;

  ApiException(FeedReason reason, String message, @Nullable Throwable cause) {
    this(reason, message, null, cause);
  }

  private ApiException(
      FeedReason reason, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryAfter = retryAfter;
  }

  FeedReason reason() {
    return reason;
  }

  /** How long the server wants to be left alone. */
  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** One sentence: what could not be done, why, and what helps. */
  String sentence() {
    return String.valueOf(getMessage());
  }

  /**
   * What an answer other than 200 means.
   *
   * @param what was asked for, such as {@code list pods}
   * @param status the {@code Status} object of the answer, or of an {@code ERROR} in a watch; empty
   *     where there was none
   */
  static ApiException ofStatus(
      String what, int code, Map<String, @Nullable Object> status, @Nullable Duration retryAfter) {
    String said = status.get("message") instanceof String text ? text : "";
    String word = status.get("reason") instanceof String text ? text : "";
    FeedReason reason = reason(code, word, said);
    var message = new StringBuilder("cannot ").append(what).append(": ");
    message.append(said.isEmpty() ? "the API server answered " + code : cut(said));
    String help = help(reason, what);
    if (!help.isEmpty()) {
      message.append("; ").append(help);
    }
    return new ApiException(reason, message.toString(), retryAfter, null);
  }

  /** What a failed exchange means. */
  static ApiException ofFailure(String what, String server, Throwable failure) {
    if (failure instanceof ApiException already) {
      return already;
    }
    List<Throwable> chain = chain(failure);
    for (Throwable t : chain) {
      if (t instanceof ApiException already) {
        return already;
      }
      if (t instanceof SSLException ssl) {
        return ofTls(what, server, ssl);
      }
      if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
        return hostUnknown(what, server, t);
      }
      if (t instanceof HttpTimeoutException
          || t instanceof SocketTimeoutException
          || t instanceof TimeoutException) {
        return timeout(what, server, t);
      }
      if (t instanceof NoRouteToHostException) {
        return refused(what, server, "no route to the host", t);
      }
    }
    if (chain.stream().anyMatch(ConnectException.class::isInstance)) {
      return refused(what, server, "the connection was refused", failure);
    }
    return new ApiException(
        FeedReason.CONNECTION_LOST,
        "cannot %s: the connection to %s was lost (%s); it is tried again"
            .formatted(what, server, describe(failure)),
        failure);
  }

  /** The failure and its causes; the JDK's HTTP client wraps what happened in what it means. */
  private static List<Throwable> chain(Throwable failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .toList();
  }

  private static FeedReason reason(int code, String word, String said) {
    if (said.contains("Too large resource version")) {
      return FeedReason.EXPIRED; // the server lost its history: what we know may be too new for it
    }
    return switch (code) {
      case 401 -> FeedReason.UNAUTHORIZED;
      case 403 -> FeedReason.FORBIDDEN;
      case 404, 405, 406 -> FeedReason.NOT_SERVED;
      case 410 -> FeedReason.EXPIRED;
      case 400, 415, 422 -> FeedReason.UNSUPPORTED;
      case 429 -> FeedReason.TOO_MANY_REQUESTS;
      default ->
          word.equals("Expired") || word.equals("Gone")
              ? FeedReason.EXPIRED
              : FeedReason.SERVER_ERROR;
    };
  }

  private static String help(FeedReason reason, String what) {
    return switch (reason) {
      case UNAUTHORIZED -> "renew the token or the client certificate";
      case FORBIDDEN ->
          "apply deploy/rbac/read-only.yaml, or allow get, list and watch (%s)".formatted(what);
      default -> "";
    };
  }

  private static ApiException ofTls(String what, String server, SSLException failure) {
    String said = describe(failure);
    boolean untrusted =
        said.contains("PKIX")
            || said.contains("certificate")
            || said.contains("subject alternative");
    return untrusted
        ? new ApiException(
            FeedReason.CERTIFICATE_UNTRUSTED,
            "cannot %s: the certificate of %s is not trusted (%s); give the cluster's CA certificate"
                .formatted(what, server, said),
            failure)
        : new ApiException(
            FeedReason.CONNECTION_LOST,
            "cannot %s: no TLS connection to %s (%s); check that the port speaks TLS"
                .formatted(what, server, said),
            failure);
  }

  private static ApiException hostUnknown(String what, String server, Throwable failure) {
    return new ApiException(
        FeedReason.HOST_UNKNOWN,
        "cannot %s: the host of %s is unknown; check the address and the name service"
            .formatted(what, server),
        failure);
  }

  private static ApiException timeout(String what, String server, Throwable failure) {
    return new ApiException(
        FeedReason.TIMEOUT,
        "cannot %s: %s did not answer in time; check the network between and the server's load"
            .formatted(what, server),
        failure);
  }

  private static ApiException refused(String what, String server, String how, Throwable failure) {
    return new ApiException(
        FeedReason.CONNECTION_REFUSED,
        "cannot %s: %s at %s; check that the API server runs and that no firewall is between"
            .formatted(what, how, server),
        failure);
  }

  private static String describe(Throwable failure) {
    String said = failure.getMessage();
    return said == null || said.isBlank() ? failure.getClass().getSimpleName() : cut(said);
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ').strip();
    return line.length() <= 300 ? line : line.substring(0, 300) + "…";
  }
}
