package io.bridgewatch.drill.bank;

import io.bridgewatch.drill.bank.Telemetry.FinishedSpan;
import io.bridgewatch.drill.bank.Telemetry.Severity;
import io.bridgewatch.drill.bank.Telemetry.SpanKind;
import io.bridgewatch.drill.plan.ServicePlan.Kind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Words and spans for what happens: how the programs of the bank tell of it. */
final class Spans {

  private static final String METHOD = "POST";
  private static final long SLOW_STATEMENT_NANOS = 500_000_000L;

  private final Bank bank;

  Spans(Bank bank) {
    this.bank = bank;
  }

  /** A replica answered. */
  void server(Replica at, Request request, long took) {
    Kind kind = at.plan().kind();
    switch (kind) {
      case JVM, CORE_ADAPTER -> logApplication(at, request, took);
      case NGINX -> logAccess(at, request, took);
      case DATABASE -> logDatabase(at, request, took);
      case CACHE, QUEUE, DNS, AGENT -> {}
    }
    boolean isInstrumented = kind.hasHeap() || kind == Kind.NGINX;
    if (!isInstrumented || !request.trace().isSampled()) {
      return;
    }
    String route = request.endpoint().plan().route();
    Map<String, Object> attributes = new LinkedHashMap<>();
    SpanKind spanKind = SpanKind.SERVER;
    String name;
    if (request.message() != null) {
      spanKind = SpanKind.CONSUMER;
      name = "process " + route;
      messaging(attributes, route, "process");
    } else {
      name = METHOD + " " + route;
      attributes.put("http.request.method", METHOD);
      attributes.put("http.route", route);
      attributes.put("url.path", route);
      attributes.put("url.scheme", "http");
      attributes.put("http.response.status_code", (long) request.status());
    }
    attributes.put("bank.transaction.serial", request.trace().serial());
    if (request.businessFailed()) {
      attributes.put("bank.business.code", "B1001");
    }
    boolean isError = request.status() >= 500;
    if (isError) {
      attributes.put("error.type", errorType(request.problem(), request.status()));
    }
    long end = at.epochNanos();
    bank.telemetry()
        .span(
            new FinishedSpan(
                at.service(),
                at.start(),
                request.trace().high(),
                request.trace().low(),
                request.spanId(),
                request.parentSpan(),
                spanKind,
                name,
                end - took,
                end,
                isError,
                isError ? request.problem() : "",
                attributes));
  }

  /** An attempt of a call ended. */
  void client(BankProcess owner, Call call, Failure failure, long now) {
    if (!call.trace().isSampled()) {
      return;
    }
    Map<String, Object> attributes = new LinkedHashMap<>();
    String route = call.routeName();
    Kind peerKind = call.peerState().plan().kind();
    Topic.Message message = call.message();
    SpanKind kind = SpanKind.CLIENT;
    String name;
    if (message != null) {
      kind = SpanKind.PRODUCER;
      name = "send " + message.topic().name();
      messaging(attributes, message.topic().name(), "send");
    } else if (peerKind == Kind.DATABASE || peerKind == Kind.CACHE) {
      name = route;
      int space = route.indexOf(' ');
      attributes.put("db.system.name", peerKind == Kind.CACHE ? "redis" : "postgresql");
      attributes.put("db.operation.name", space < 0 ? route : route.substring(0, space));
      attributes.put("db.query.summary", route);
    } else {
      name = METHOD;
      attributes.put("http.request.method", name);
      attributes.put("url.full", "http://" + call.peer() + ":8080" + route);
      if (call.peerStatus() > 0) {
        attributes.put("http.response.status_code", (long) call.peerStatus());
      }
      if (call.attempt() > 1) {
        attributes.put("http.request.resend_count", (long) call.attempt() - 1);
      }
    }
    attributes.put("server.address", call.peer());
    attributes.put("server.port", (long) peerKind.port());
    boolean isError = failure != Failure.NONE;
    if (isError) {
      attributes.put(
          "error.type",
          failure == Failure.ERROR_STATUS
              ? Integer.toString(call.peerStatus())
              : failure.exception());
    }
    long end = owner.epochNanos();
    bank.telemetry()
        .span(
            new FinishedSpan(
                owner.service(),
                owner.start(),
                call.trace().high(),
                call.trace().low(),
                call.spanId(),
                call.parentSpan(),
                kind,
                name,
                end - (now - call.attemptStarted()),
                end,
                isError,
                isError ? failure.message(call.peer(), call.peerStatus()) : "",
                attributes));
  }

  void started(Replica at) {
    if (at.plan().kind().hasHeap()) {
      application(at, Severity.INFO, "Application", "Starting " + at.service() + " with PID 1");
    }
  }

  void listening(Replica at, long nanos) {
    if (at.plan().kind().hasHeap()) {
      application(
          at,
          Severity.INFO,
          "Application",
          "Started " + at.service() + " in " + nanos / 1_000_000 + " ms");
    }
  }

  void crashedAtStart(Replica at) {
    application(
        at,
        Severity.ERROR,
        "Application",
        "Application run failed\n"
            + "org.springframework.beans.factory.BeanCreationException: Error creating bean with"
            + " name 'dataSource': required property is missing\n"
            + "\tat org.springframework.boot.SpringApplication.run(SpringApplication.java:1361)");
  }

  void crashed(Replica at, String problem) {
    application(
        at,
        Severity.ERROR,
        "Application",
        "Terminating due to " + problem + "\n" + problem + stack(at.service(), "Main"));
  }

  void collectedAll(Replica at, Heap heap) {
    application(
        at,
        Severity.WARN,
        "gc",
        "GC(%d) Pause Full (G1 Compaction Pause) ->%dM(%dM) %dms"
            .formatted(
                heap.youngCollections() + heap.fullCollections(),
                (long) heap.oldBytes() >> 20,
                (long) heap.maximumBytes() >> 20,
                heap.lastPauseNanos() / 1_000_000));
  }

  /** A call failed without which the request can go on. */
  void failedCall(Replica at, Request request, Call call, boolean isFatal) {
    StringBuilder text = head(at, isFatal ? Severity.ERROR : Severity.WARN, request, "Client");
    text.append("调用失败，降级处理 serialNo=")
        .append(request.trace().serial())
        .append(" peer=")
        .append(call.peer())
        .append(" cause=")
        .append(call.failure().exception())
        .append(": ")
        .append(call.failure().message(call.peer(), call.peerStatus()));
    at.log(Severity.WARN, logger(at, "Client"), text.toString(), request.trace(), request.spanId());
  }

  private void logApplication(Replica at, Request request, long took) {
    int status = request.status();
    String route = request.endpoint().plan().route();
    boolean isError = status >= 500;
    Severity severity =
        isError
            ? Severity.ERROR
            : status >= 400 || request.businessFailed() ? Severity.WARN : Severity.INFO;
    if (severity == Severity.INFO && !request.trace().isSampled()) {
      return; // as with many banks, whose logs would be the largest thing that they keep
    }
    StringBuilder text = head(at, severity, request, "Controller");
    if (isError) {
      text.append("交易处理失败 ");
    } else if (request.businessFailed()) {
      text.append("交易被拒绝 code=B1001 ");
    } else {
      text.append("交易完成 ");
    }
    text.append("serialNo=")
        .append(request.trace().serial())
        .append(" route=")
        .append(route)
        .append(" status=")
        .append(status)
        .append(" cost=")
        .append(took / 1_000_000)
        .append("ms");
    if (isError && !request.problem().isEmpty()) {
      text.append('\n').append(request.problem()).append(stack(at.service(), "Controller"));
    }
    at.log(severity, logger(at, "Controller"), text.toString(), request.trace(), request.spanId());
  }

  private void logAccess(Replica at, Request request, long took) {
    if (request.status() < 400 && !request.trace().isSampled()) {
      return;
    }
    String route = request.endpoint().plan().route();
    StringBuilder text = at.text();
    at.time(text, at.epochNanos());
    text.append(" \"")
        .append(METHOD)
        .append(' ')
        .append(route)
        .append(" HTTP/1.1\" ")
        .append(request.status())
        .append(' ')
        .append(request.responseBytes())
        .append(" rt=")
        .append(took / 1_000_000)
        .append("ms serialNo=")
        .append(request.trace().serial())
        .append(" trace=")
        .append(request.trace().hex());
    if (request.status() >= 500) {
      text.append(" error=\"").append(request.problem()).append('"');
    }
    at.log(
        request.status() >= 500 ? Severity.ERROR : Severity.INFO,
        "access",
        text.toString(),
        request.trace(),
        request.spanId());
  }

  private void logDatabase(Replica at, Request request, long took) {
    boolean isError = request.status() >= 500;
    if (!isError && took < SLOW_STATEMENT_NANOS) {
      return;
    }
    StringBuilder text = at.text();
    at.time(text, at.epochNanos());
    text.append(" [").append(200 + request.key() % 400).append("] ");
    if (isError) {
      text.append(request.problem()).append('\n').append("STATEMENT:  ");
    } else {
      text.append("LOG:  duration: ").append(took / 1_000_000).append(" ms  statement: ");
    }
    text.append(request.endpoint().plan().route());
    at.log(
        isError ? Severity.ERROR : Severity.WARN,
        "postgres",
        text.toString(),
        request.trace(),
        request.spanId());
  }

  private void application(Replica at, Severity severity, String part, String words) {
    StringBuilder text = at.text();
    at.time(text, at.epochNanos());
    text.append(' ').append(severity).append(" [").append(at.service()).append(",,] [main] ");
    text.append(logger(at, part)).append(" : ").append(words);
    at.log(severity, logger(at, part), text.toString(), null, 0);
  }

  private static StringBuilder head(Replica at, Severity severity, Request request, String part) {
    StringBuilder text = at.text();
    at.time(text, at.epochNanos());
    return text.append(' ')
        .append(severity)
        .append(" [")
        .append(at.service())
        .append(',')
        .append(request.trace().hex())
        .append(',')
        .append(Trace.hex(request.spanId()))
        .append("] [http-exec-")
        .append(1 + request.key() % at.threads())
        .append("] ")
        .append(logger(at, part))
        .append(" : ");
  }

  private static String logger(Replica at, String part) {
    return at.loggers()
        .computeIfAbsent(part, p -> "com.bank." + at.service().replace('-', '.') + "." + p);
  }

  private static String stack(String service, String part) {
    String prefix = "\n\tat com.bank." + service.replace('-', '.') + ".";
    return prefix
        + part
        + ".handle("
        + part
        + ".java:87)"
        + prefix
        + "Service.execute(Service.java:142)\n"
        + "\tat java.base/java.util.concurrent.ThreadPoolExecutor.runWorker"
        + "(ThreadPoolExecutor.java:1090)";
  }

  private static void messaging(Map<String, Object> attributes, String topic, String operation) {
    attributes.put("messaging.system", "kafka");
    attributes.put("messaging.destination.name", topic);
    attributes.put("messaging.operation.type", operation);
  }

  private static String errorType(String problem, int status) {
    int colon = problem.indexOf(": ");
    return colon > 0 && problem.indexOf(' ') > colon
        ? problem.substring(0, colon)
        : Integer.toString(status);
  }
}
