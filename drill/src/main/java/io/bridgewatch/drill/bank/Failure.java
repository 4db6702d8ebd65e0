package io.bridgewatch.drill.bank;

/** Why a call came to nothing, and how a Java program words it. */
enum Failure {
  NONE(200, "", ""),
  ERROR_STATUS(
      500, "org.springframework.web.client.HttpServerErrorException", "%s answered with %d"),
  TIMEOUT(504, "java.net.SocketTimeoutException", "Read timed out calling %s"),
  CONNECT_TIMEOUT(504, "java.net.SocketTimeoutException", "Connect timed out to %s"),
  POOL_TIMEOUT(
      503,
      "org.apache.hc.core5.http.ConnectionRequestTimeoutException",
      "Timeout deadline: no connection to %s became free"),
  CIRCUIT_OPEN(
      503,
      "io.github.resilience4j.circuitbreaker.CallNotPermittedException",
      "CircuitBreaker '%s' is OPEN and does not permit further calls"),
  REFUSED(503, "java.net.ConnectException", "Connection refused: %s"),
  RESET(503, "java.net.SocketException", "Connection reset by %s"),
  NO_ENDPOINT(503, "java.net.NoRouteToHostException", "No route to host: %s has no endpoints"),
  NAME_UNKNOWN(503, "java.net.UnknownHostException", "%s: Temporary failure in name resolution"),
  CERTIFICATE(
      503,
      "javax.net.ssl.SSLHandshakeException",
      "PKIX path validation failed for %s: certificate expired"),
  TOO_MANY_CONNECTIONS(
      503, "org.postgresql.util.PSQLException", "FATAL: sorry, too many clients already (%s)"),
  TOO_MANY_FILES(503, "java.net.SocketException", "Too many open files, connecting to %s");

  private final int status;
  private final String exception;
  private final String message;

  Failure(int status, String exception, String message) {
    this.status = status;
    this.exception = exception;
    this.message = message;
  }

  /** What a server answers when it fails for this reason. */
  int status() {
    return status;
  }

  String exception() {
    return exception;
  }

  String message(String peer, int peerStatus) {
    return message.replace("%s", peer).replace("%d", Integer.toString(peerStatus));
  }
}
