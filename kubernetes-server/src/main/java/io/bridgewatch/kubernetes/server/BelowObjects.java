package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers what is no stored object: logs, proxies, evictions, bindings, measures and reviews. */
final class BelowObjects {
  private static final String JSON = "application/json";

  private final ObjectStore store;
  private final KindRegistry registry;
  private final Map<String, ServerOptions.Account> accounts;
  private final ServerHooks hooks;
  private final Evictions evictions;
  private final LogAnswer logs;
  private final MeasuredAnswer measured;

  BelowObjects(ObjectStore store, KindRegistry registry, ServerOptions options, Tables tables) {
    this.store = store;
    this.registry = registry;
    this.accounts = options.accounts();
    this.hooks = options.hooks();
    this.evictions = new Evictions(store, registry, options.time());
    this.logs = new LogAnswer(options.hooks().podLogs(), options.time());
    this.measured = new MeasuredAnswer(store, registry, options, tables);
  }

  boolean answers(Call call) {
    return call.kind().has(Trait.MEASURED)
        || call.kind().has(Trait.REVIEW)
        || switch (call.subresource()) {
          case "log", "proxy", "eviction", "binding" -> true;
          default -> false;
        };
  }

  void answer(Call call, HttpRequest request, HttpAnswer answer)
      throws IOException, InterruptedException {
    if (call.kind().has(Trait.MEASURED)) {
      measured.answer(call, request, answer);
    } else if (call.kind().has(Trait.REVIEW)) {
      review(call, request, answer);
    } else {
      switch (call.subresource()) {
        case "log" -> logs.answer(found(call, call.kind(), call.at()), request, answer);
        case "proxy" -> proxy(call, request, answer);
        case "eviction" -> {
          wants(call, "create");
          send(201, evictions.evict(call.at(), Json.object(request.body())), answer);
        }
        default -> {
          wants(call, "create");
          var node = Json.text(Json.object(request.body()), "target", "name");
          Bindings.bind(store, registry, call.at(), node);
          send(201, success(), answer);
        }
      }
    }
  }

  private ObjectNode found(Call call, ApiKind kind, ObjectKey at) {
    wants(call, "get");
    return store.find(kind, at).orElseThrow(() -> Refusal.notFound(kind, at.name())).tree(kind);
  }

  // ------------------------------------------------------------------ proxies

  private void proxy(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    wants(call, "get");
    var name = call.at().name();
    var colon = name.indexOf(':');
    var plain = colon < 0 ? name : name.substring(0, colon);
    var port = colon < 0 ? "" : name.substring(colon + 1);
    var at = new ObjectKey(call.at().namespace(), plain);
    var object = found(call, call.kind(), at);
    var path = "/" + String.join("/", call.rest());
    var query = parameters(request);
    var page =
        switch (call.kind().plural()) {
          case "nodes" -> hooks.nodePages().page(plain, path, query);
          case "pods" ->
              hooks
                  .podPages()
                  .page(
                      new ServerHooks.PodTarget(at.namespace(), plain, port(object, port)),
                      path,
                      query);
          default -> hooks.podPages().page(behind(at, object, port), path, query);
        };
    var passed =
        page.orElseThrow(
            () ->
                Refusal.of(
                    503,
                    "ServiceUnavailable",
                    "error trying to reach service: %s \"%s\" does not answer"
                        .formatted(call.kind().plural(), name)));
    answer.send(passed.status(), passed.contentType(), passed.body(), Map.of());
  }

  private static int port(ObjectNode pod, String wanted) {
    if (wanted.isEmpty()) {
      return pod.at("/spec/containers/0/ports/0/containerPort").asInt(80);
    }
    for (var container : pod.path("spec").path("containers")) {
      for (var port : container.path("ports")) {
        if (Json.text(port, "name").equals(wanted)) {
          return port.path("containerPort").asInt(80);
        }
      }
    }
    return number(wanted);
  }

  /** A ready pod of a service, the first by its name. */
  private ServerHooks.PodTarget behind(ObjectKey service, ObjectNode object, String wanted) {
    var slices = registry.byPlural("discovery.k8s.io", "v1", "endpointslices").orElseThrow();
    var ports = object.path("spec").path("ports");
    var portName =
        ports
            .valueStream()
            .filter(
                port ->
                    wanted.isEmpty()
                        || Json.text(port, "name").equals(wanted)
                        || port.path("port").asString("").equals(wanted))
            .map(port -> Json.text(port, "name"))
            .findFirst()
            .orElseThrow(() -> Refusal.badRequest("no service port \"" + wanted + "\" found"));
    var selector = Selector.labels("kubernetes.io/service-name=" + service.name());
    var walked =
        ListAnswer.Range.of(new ObjectKey(service.namespace(), ""))
            .in(store.latest(slices).objects());
    while (walked.hasNext()) {
      var slice = walked.next();
      if (!selector.matches(slice)) {
        continue;
      }
      var tree = slice.tree(slices);
      var port =
          tree.path("ports")
              .valueStream()
              .filter(one -> Json.text(one, "name").equals(portName))
              .findFirst();
      for (var endpoint : tree.path("endpoints")) {
        if (port.isPresent() && endpoint.at("/conditions/ready").asBoolean(false)) {
          return new ServerHooks.PodTarget(
              service.namespace(),
              Json.text(endpoint, "targetRef", "name"),
              port.get().path("port").asInt(80));
        }
      }
    }
    throw Refusal.of(
        503,
        "ServiceUnavailable",
        "no endpoints available for service \"%s\"".formatted(service.name()));
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("no port is named \"" + text + "\"");
    }
  }

  private static List<ServerHooks.Parameter> parameters(HttpRequest request) {
    var parameters = new ArrayList<ServerHooks.Parameter>();
    var question = request.target().indexOf('?');
    if (question < 0) {
      return parameters;
    }
    for (var pair : request.target().substring(question + 1).split("&", -1)) {
      var equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        parameters.add(
            new ServerHooks.Parameter(
                decoded(equals < 0 ? pair : pair.substring(0, equals)),
                equals < 0 ? "" : decoded(pair.substring(equals + 1))));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  // ------------------------------------------------------------------ reviews

  /** Whether whoever asks may do something. */
  private void review(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    wants(call, "create");
    var review = Json.object(request.body());
    review.put("kind", call.kind().kind()).put("apiVersion", call.kind().apiVersion());
    var wanted = review.path("spec").path("resourceAttributes");
    var status = review.putObject("status");
    status.put("allowed", isAllowed(request, wanted));
    send(201, review, answer);
  }

  private boolean isAllowed(HttpRequest request, JsonNode wanted) {
    if (accounts.isEmpty()) {
      return true;
    }
    var token = request.header("authorization").replaceFirst("^Bearer ", "").strip();
    var below = Json.text(wanted, "subresource");
    var resource = Json.text(wanted, "resource") + (below.isEmpty() ? "" : "/" + below);
    var account = accounts.get(token);
    return account != null
        && account.rules().stream()
            .anyMatch(
                rule ->
                    rule.allows(Json.text(wanted, "group"), resource, Json.text(wanted, "verb")));
  }

  // ------------------------------------------------------------------ helpers

  private static void wants(Call call, String verb) {
    if (!call.verb().equals(verb)) {
      throw Refusal.of(
          405,
          "MethodNotAllowed",
          "the server does not allow this method on the requested resource");
    }
  }

  private static ObjectNode success() {
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", 201);
  }

  private static void send(int code, ObjectNode body, HttpAnswer answer) throws IOException {
    answer.send(code, JSON, Json.bytes(body), Map.of());
  }
}
