package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import io.bridgewatch.kubernetes.server.ObjectStore.Deletion;
import io.bridgewatch.kubernetes.server.ObjectStore.Write;
import io.bridgewatch.kubernetes.server.ObjectStore.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import tools.jackson.databind.node.ObjectNode;

/** Finds out what a request wants, whether it may, and answers it. */
final class ApiHandler implements HttpListener.Handler {
  private static final String JSON = "application/json";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final ObjectStore store;
  private final KindRegistry registry;
  private final Map<String, ServerOptions.Account> accounts;
  private final Faults faults;
  private final RequestLog log;
  private final RequestMetrics metrics;
  private final ListAnswer lists;
  private final WatchAnswer watches;
  private final BelowObjects below;
  private final Tables tables;
  private final IntSupplier port;

  ApiHandler(
      ObjectStore store,
      KindRegistry registry,
      ServerOptions options,
      Faults faults,
      RequestLog log,
      IntSupplier port) {
    this.store = store;
    this.registry = registry;
    this.accounts = options.accounts();
    this.faults = faults;
    this.log = log;
    this.metrics = new RequestMetrics(options.time().instant());
    this.tables = new Tables(options.time());
    this.lists = new ListAnswer(store, faults, tables);
    this.watches = new WatchAnswer(store, faults, log, options.bookmarkInterval(), tables);
    this.below = new BelowObjects(store, registry, options, tables);
    this.port = port;
  }

  @Override
  public void handle(HttpRequest request, HttpAnswer answer)
      throws IOException, InterruptedException {
    var call = Optional.<Call>empty();
    var begun = System.nanoTime();
    try {
      call = AccessReviews.asks(request) ? Optional.empty() : Call.of(request, registry);
      call.ifPresent(metrics::began);
      log.asked(call.map(Call::verb).orElse("read"), call.map(Call::resource).orElse(""));
      faults.hold();
      var failure = faults.nextFailure();
      if (failure.isPresent()) {
        throw failure.get();
      }
      var account = authenticate(request);
      if (request.header("content-type").contains("protobuf")) {
        throw Refusal.unsupportedMediaType(
            "the body of the request was in an unknown format - accepted media types include:"
                + " application/json");
      }
      if (call.isPresent()) {
        authorize(account, call.get());
        answer(call.get(), request, answer);
      } else {
        answerOther(request, answer);
      }
    } catch (Refusal refusal) {
      if (answer.status() != 0) {
        answer.cut();
      } else {
        answer.send(refusal.code(), JSON, Json.bytes(refusal.status()), refusal.headers());
      }
    } finally {
      var took = Duration.ofNanos(System.nanoTime() - begun);
      call.ifPresent(one -> metrics.answered(one, answer.status(), took));
      log.answered(
          new RequestLog.Entry(
              call.map(Call::verb).orElse("read"),
              request.target(),
              request.header("user-agent"),
              answer.status(),
              answer.bytes()));
    }
  }

  // ------------------------------------------------------------------ who may do what

  private Optional<ServerOptions.Account> authenticate(HttpRequest request) {
    if (accounts.isEmpty()) {
      return Optional.empty();
    }
    var header = request.header("authorization");
    var token = header.startsWith("Bearer ") ? header.substring("Bearer ".length()).strip() : "";
    var account = accounts.get(token);
    if (account == null) {
      throw Refusal.unauthorized();
    }
    return Optional.of(account);
  }

  private void authorize(Optional<ServerOptions.Account> account, Call call) {
    var user = account.map(ServerOptions.Account::user).orElse("system:anonymous");
    var resource =
        call.kind().plural() + (call.subresource().isEmpty() ? "" : "/" + call.subresource());
    var isAllowed =
        account.isEmpty()
            || account.get().rules().stream()
                .anyMatch(rule -> rule.allows(call.kind().group(), resource, call.verb()));
    if (!isAllowed || faults.denies(call.kind())) {
      throw Refusal.forbidden(user, call.verb(), call.kind(), call.subresource(), call.at());
    }
  }

  // ------------------------------------------------------------------ objects

  private void answer(Call call, HttpRequest request, HttpAnswer answer)
      throws IOException, InterruptedException {
    if (below.answers(call)) {
      below.answer(call, request, answer);
      return;
    }
    switch (call.verb()) {
      case "list" ->
          lists.answer(
              call.kind(), call.at(), selector(call, request), Form.of(request), request, answer);
      case "watch" ->
          watches.answer(
              call.kind(), call.at(), selector(call, request), Form.of(request), request, answer);
      case "get" -> {
        var object =
            store
                .find(call.kind(), call.at())
                .orElseThrow(() -> Refusal.notFound(call.kind(), call.at().name()));
        send(call, object, 200, Form.of(request), answer);
      }
      case "create" -> {
        if (!call.at().name().isEmpty()) {
          throw Refusal.unknownResource();
        }
        var object = Json.object(request.body());
        var written =
            store.create(call.kind(), call.at().namespace(), object, write(call, request));
        send(call, written.object(), 201, Form.of(request), answer);
      }
      case "update" -> update(call, request, answer);
      case "patch" -> patch(call, request, answer);
      case "delete" -> delete(call, request, answer);
      case "deletecollection" -> deleteAll(call, request, answer);
      default -> throw new IllegalStateException("a verb that nobody gives: " + call.verb());
    }
  }

  private void update(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    var wanted = Json.object(request.body());
    var name = Json.text(wanted, "metadata", "name");
    if (!name.isEmpty() && !name.equals(call.at().name())) {
      throw Refusal.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, call.at().name()));
    }
    var written =
        store.update(
            call.kind(),
            call.at(),
            live -> call.subresource().equals("scale") ? Scales.applied(live, wanted) : wanted,
            write(call, request));
    send(call, written.object(), 200, Form.of(request), answer);
  }

  private void patch(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    var type = request.header("content-type").toLowerCase(Locale.ROOT);
    var semicolon = type.indexOf(';');
    var patch = request.body();
    var isScale = call.subresource().equals("scale");
    var written =
        switch ((semicolon < 0 ? type : type.substring(0, semicolon)).strip()) {
          case "application/merge-patch+json" ->
              store.update(
                  call.kind(),
                  call.at(),
                  live -> {
                    var target = isScale ? Scales.of(live) : live;
                    JsonPatches.merge(target, withPrecondition(target, patch));
                    return isScale ? Scales.applied(live, target) : target;
                  },
                  write(call, request));
          case "application/strategic-merge-patch+json" ->
              store.update(
                  call.kind(),
                  call.at(),
                  live -> {
                    if (call.kind().has(Trait.CUSTOM)) {
                      throw Refusal.unsupportedMediaType(
                          "strategic merge patches need a schema, which custom kinds have none of;"
                              + " send application/merge-patch+json");
                    }
                    var target = isScale ? Scales.of(live) : live;
                    StrategicMerge.apply(target, withPrecondition(target, patch));
                    return isScale ? Scales.applied(live, target) : target;
                  },
                  write(call, request));
          case "application/json-patch+json" ->
              store.update(
                  call.kind(),
                  call.at(),
                  live -> {
                    var target = isScale ? Scales.of(live) : live;
                    JsonPatches.apply(target, Json.node(patch));
                    return isScale ? Scales.applied(live, target) : target;
                  },
                  write(call, request));
          case "application/apply-patch+yaml", "application/apply-patch+json" ->
              apply(call, request);
          default ->
              throw Refusal.unsupportedMediaType(
                  "the body of the request was in an unknown format - accepted media types"
                      + " include: application/json-patch+json, application/merge-patch+json,"
                      + " application/strategic-merge-patch+json, application/apply-patch+yaml (as JSON)");
        };
    send(call, written.object(), written.isDone() ? 201 : 200, Form.of(request), answer);
  }

  /** A merge patch whose resourceVersion, where it has one, is a precondition and no change. */
  private static ObjectNode withPrecondition(ObjectNode live, byte[] patch) {
    var merge = Json.object(patch);
    var wanted = Json.text(merge, "metadata", "resourceVersion");
    if (wanted.isEmpty()) {
      Json.child(live, "metadata").remove("resourceVersion");
    }
    return merge;
  }

  private Written apply(Call call, HttpRequest request) {
    if (call.subresource().equals("scale")) {
      throw Refusal.unsupportedMediaType("apply to the scale subresource is not served here");
    }
    var manager = request.query("fieldManager");
    return store.apply(
        call.kind(),
        call.at(),
        Json.object(request.body()),
        request.flag("force"),
        new Write(manager, call.subresource(), isDryRun(request.query("dryRun"))));
  }

  private void delete(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    var written = store.delete(call.kind(), call.at(), deletion(request));
    if (!written.isDone() || call.kind().qualifiedPlural().equals("pods")) {
      send(call, written.object(), 200, Form.of(request), answer);
      return;
    }
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    var details = status.putObject("details").put("name", call.at().name());
    if (!call.kind().group().isEmpty()) {
      details.put("group", call.kind().group());
    }
    details
        .put("kind", call.kind().plural())
        .put("uid", Json.text(written.object().tree(call.kind()), "metadata", "uid"));
    answer.send(200, JSON, Json.bytes(status), Map.of());
  }

  private void deleteAll(Call call, HttpRequest request, HttpAnswer answer) throws IOException {
    var selector = selector(call, request);
    var chosen = new ArrayList<StoredObject>();
    ListAnswer.Range.of(call.at())
        .in(store.latest(call.kind()).objects())
        .forEachRemaining(
            object -> {
              if (selector.matches(object)) {
                chosen.add(object);
              }
            });
    var deletion = deletion(request);
    for (var object : chosen) {
      try {
        store.delete(call.kind(), object.at(), deletion);
      } catch (Refusal refusal) {
        if (refusal.code() != 404) {
          throw refusal;
        }
      }
    }
    var status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success").putObject("details").put("kind", call.kind().plural());
    answer.send(200, JSON, Json.bytes(status), Map.of());
  }

  private void send(Call call, StoredObject object, int status, Form form, HttpAnswer answer)
      throws IOException {
    var body = new java.io.ByteArrayOutputStream(object.json().length + 100);
    if (call.subresource().equals("scale")) {
      body.write(Json.bytes(Scales.of(object.tree(call.kind()))));
    } else {
      switch (form) {
        case FULL -> object.write(body, call.kind().head());
        case PARTIAL -> object.writePartial(body);
        case TABLE -> body.write(Json.bytes(tables.of(call.kind(), object)));
      }
    }
    answer.send(status, JSON, body.toByteArray(), Map.of());
  }

  private static Selector selector(Call call, HttpRequest request) {
    return Selector.labels(request.query("labelSelector"))
        .and(Selector.fields(request.query("fieldSelector"), call.kind()));
  }

  private static Write write(Call call, HttpRequest request) {
    var manager = request.query("fieldManager");
    if (manager.isEmpty()) {
      var agent = request.header("user-agent");
      var slash = agent.indexOf('/');
      manager = slash < 0 ? agent : agent.substring(0, slash);
    }
    if (manager.length() > 128) {
      throw Refusal.badRequest("fieldManager: Too long: may not be more than 128 bytes");
    }
    return new Write(
        manager.isEmpty() ? "unknown" : manager,
        call.subresource(),
        isDryRun(request.query("dryRun")));
  }

  private static boolean isDryRun(String option) {
    return switch (option) {
      case "" -> false;
      case "All" -> true;
      default -> throw Refusal.badRequest("dryRun: Unsupported value: \"%s\"".formatted(option));
    };
  }

  private static Deletion deletion(HttpRequest request) {
    var options = request.body().length == 0 ? Json.object() : Json.object(request.body());
    var grace = Optional.<Long>empty();
    if (options.path("gracePeriodSeconds").isNumber()) {
      grace = Optional.of(options.path("gracePeriodSeconds").asLong());
    } else if (!request.query("gracePeriodSeconds").isEmpty()) {
      grace = Optional.of(Versions.parse(request.query("gracePeriodSeconds")));
    }
    var preconditions = options.path("preconditions");
    var dryRun =
        options.path("dryRun").isEmpty()
            ? request.query("dryRun")
            : options.path("dryRun").path(0).asString("");
    return new Deletion(
        grace,
        Optional.of(Json.text(preconditions, "uid")).filter(uid -> !uid.isEmpty()),
        Optional.of(Json.text(preconditions, "resourceVersion")).filter(v -> !v.isEmpty()),
        isDryRun(dryRun));
  }

  // ------------------------------------------------------------------ everything else

  private void answerOther(HttpRequest request, HttpAnswer answer) throws IOException {
    if (AccessReviews.asks(request)) {
      answer.send(201, JSON, Json.bytes(AccessReviews.answer(request, accounts)), Map.of());
      return;
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw Refusal.unknownResource();
    }
    var kinds = registry.kinds();
    var path = request.path();
    var first = path.isEmpty() ? "" : path.getFirst();
    switch (first) {
      case "healthz", "livez", "readyz" ->
          answer.send(200, "text/plain", "ok".getBytes(StandardCharsets.UTF_8), Map.of());
      case "metrics" ->
          answer.send(
              200,
              "text/plain; version=0.0.4; charset=utf-8",
              metrics.page(objects()).getBytes(StandardCharsets.UTF_8),
              Map.of());
      case "openapi" -> sendJson(OpenApi.answer(kinds, path), answer);
      case "version" -> sendJson(Discovery.version(), answer);
      case "api", "apis" -> {
        var isCore = first.equals("api");
        if (path.size() == 1) {
          if (wantsAggregated(request)) {
            answer.send(200, AGGREGATED, Json.bytes(Discovery.aggregated(kinds, isCore)), Map.of());
          } else if (isCore) {
            sendJson(Discovery.coreVersions("127.0.0.1:" + port.getAsInt()), answer);
          } else {
            sendJson(Discovery.groups(kinds), answer);
          }
        } else if (path.size() == 2 && isCore) {
          sendJson(Discovery.resources(kinds, "", path.get(1)), answer);
        } else if (path.size() == 2) {
          sendJson(Discovery.group(kinds, path.get(1)), answer);
        } else {
          sendJson(Discovery.resources(kinds, path.get(1), path.get(2)), answer);
        }
      }
      default -> throw Refusal.unknownResource();
    }
  }

  /** How many objects there are, by the labels of their kind. */
  private Map<String, Integer> objects() {
    var counts = new TreeMap<String, Integer>();
    for (var kind : registry.kinds()) {
      if (!kind.has(Trait.MEASURED) && !kind.has(Trait.REVIEW)) {
        counts.put(
            "group=\"%s\",resource=\"%s\"".formatted(kind.group(), kind.plural()),
            store.latest(kind).objects().size());
      }
    }
    return counts;
  }

  private static boolean wantsAggregated(HttpRequest request) {
    for (var type : Form.types(request)) {
      if (type.contains("as=APIGroupDiscoveryList") && type.contains("v=v2;")
          || type.contains("as=APIGroupDiscoveryList") && type.endsWith("v=v2")) {
        return true;
      }
      if (type.equals(JSON) || type.equals("*/*")) {
        return false;
      }
    }
    return false;
  }

  private static void sendJson(ObjectNode body, HttpAnswer answer) throws IOException {
    answer.send(200, JSON, Json.bytes(body), Map.of());
  }
}
