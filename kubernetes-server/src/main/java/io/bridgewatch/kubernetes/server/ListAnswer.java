package io.bridgewatch.kubernetes.server;

import io.bridgewatch.kubernetes.server.ApiKind.Trait;
import io.bridgewatch.kubernetes.server.ObjectStore.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists objects of a kind: whole or in pages, of one moment. Objects are written as they are walked
 * over, so that a list of any size needs no memory of its own.
 */
final class ListAnswer {
  private static final byte[] NO_HEAD = {};

  private final ObjectStore store;
  private final Faults faults;
  private final Tables tables;

  ListAnswer(ObjectStore store, Faults faults, Tables tables) {
    this.tables = tables;
    this.store = store;
    this.faults = faults;
  }

  /**
   * Which part of the objects' order is meant, and where to begin in it.
   *
   * @param start first key
   * @param end key after the last, empty for no end
   */
  record Range(String start, String end) {
    /** All of a kind, or those of a namespace: a slash is the last letter before its names. */
    static Range of(ObjectKey at) {
      return at.namespace().isEmpty()
          ? new Range("", "")
          : new Range(at.namespace() + "/", at.namespace() + "0");
    }

    Iterator<StoredObject> in(ObjectTree objects) {
      var all = objects.from(start);
      return new Iterator<>() {
        private Optional<StoredObject> next = advance();

        private Optional<StoredObject> advance() {
          if (!all.hasNext()) {
            return Optional.empty();
          }
          var object = all.next();
          return end.isEmpty() || object.key().compareTo(end) < 0
              ? Optional.of(object)
              : Optional.empty();
        }

        @Override
        public boolean hasNext() {
          return next.isPresent();
        }

        @Override
        public StoredObject next() {
          var current = next.orElseThrow(NoSuchElementException::new);
          next = advance();
          return current;
        }
      };
    }

    int size(ObjectTree objects) {
      return (end.isEmpty() ? objects.size() : objects.rank(end)) - objects.rank(start);
    }
  }

  /** What is to be written. */
  private record Page(ArrayList<StoredObject> objects, long version, String token, int remaining) {}

  void answer(
      ApiKind kind,
      ObjectKey at,
      Selector selector,
      Form form,
      HttpRequest request,
      HttpAnswer answer)
      throws IOException, InterruptedException {
    var page = page(kind, Range.of(at), selector, request);
    if (form == Form.TABLE) {
      var table = tables.of(kind, page.objects, metadata(page));
      answer.send(200, "application/json", Json.bytes(table), Map.of());
      return;
    }
    var cutAfter = faults.takeCutOfList();
    try (var out = answer.stream("application/json")) {
      out.write(opening(kind, form, page).getBytes(StandardCharsets.UTF_8));
      var itemHead = kind.has(Trait.CUSTOM) ? kind.head() : NO_HEAD;
      var written = 0;
      for (var object : page.objects) {
        if (written > 0) {
          out.write(',');
        }
        if (written == cutAfter) {
          out.write('{');
          out.write(object.json(), 1, object.json().length / 2);
          out.flush();
          answer.breakOff();
          return;
        }
        if (form == Form.PARTIAL) {
          object.writePartial(out);
        } else {
          object.write(out, itemHead);
        }
        written++;
      }
      out.write("]}\n".getBytes(StandardCharsets.UTF_8));
      if (cutAfter >= 0) {
        answer.breakOff();
        return;
      }
      out.finish();
    }
  }

  private Page page(ApiKind kind, Range range, Selector selector, HttpRequest request) {
    var limit = limit(request);
    var token = request.query("continue");
    var snapshot =
        token.isEmpty() ? snapshot(kind, request, limit) : snapshot(kind, token, request);
    var rest = token.isEmpty() ? range : new Range(Continuation.read(token).start(), range.end());
    var objects = new ArrayList<StoredObject>();
    var walked = rest.in(snapshot.objects());
    while (walked.hasNext()) {
      var object = walked.next();
      if (!selector.matches(object)) {
        continue;
      }
      if (objects.size() == limit) {
        var next = new Range(objects.getLast().key() + "\0", range.end());
        return new Page(
            objects,
            snapshot.version(),
            new Continuation(snapshot.version(), next.start()).text(),
            selector.isEverything() ? next.size(snapshot.objects()) : 0);
      }
      objects.add(object);
    }
    return new Page(objects, snapshot.version(), "", 0);
  }

  private Snapshot snapshot(ApiKind kind, String token, HttpRequest request) {
    if (!request.query("resourceVersion").isEmpty()
        && !request.query("resourceVersion").equals("0")) {
      throw Refusal.badRequest("specifying resource version is not allowed when using continue");
    }
    if (!request.query("resourceVersionMatch").isEmpty()) {
      throw Refusal.forbiddenOption(
          "resourceVersionMatch", "resourceVersionMatch is forbidden for continue");
    }
    var continuation = Continuation.read(token);
    if (continuation.version() < 0) {
      return store.latest(kind);
    }
    return store
        .at(kind, continuation.version())
        .orElseThrow(
            () -> Refusal.expiredContinue(new Continuation(-1, continuation.start()).text()));
  }

  private Snapshot snapshot(ApiKind kind, HttpRequest request, int limit) {
    var match = request.query("resourceVersionMatch");
    var wanted = request.query("resourceVersion");
    if (!match.isEmpty() && wanted.isEmpty()) {
      throw Refusal.forbiddenOption(
          "resourceVersionMatch",
          "resourceVersionMatch is forbidden unless resourceVersion is provided");
    }
    if (wanted.isEmpty() || wanted.equals("0")) {
      if (match.equals("Exact")) {
        throw Refusal.forbiddenOption(
            "resourceVersionMatch",
            "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
      }
      return store.latest(kind);
    }
    var version = Versions.parse(wanted);
    var latest = store.latest(kind);
    if (version > latest.version()) {
      throw Refusal.tooLargeVersion(version, latest.version());
    }
    return switch (match) {
      case "NotOlderThan" -> latest;
      case "" -> limit == Integer.MAX_VALUE ? latest : exactly(kind, version);
      case "Exact" -> exactly(kind, version);
      default ->
          throw Refusal.forbiddenOption(
              "resourceVersionMatch",
              "supported values: \"Exact\", \"NotOlderThan\"; got \"%s\"".formatted(match));
    };
  }

  private Snapshot exactly(ApiKind kind, long version) {
    return store
        .at(kind, version)
        .orElseThrow(
            () -> Refusal.expired("The resourceVersion for the provided list is too old."));
  }

  private static int limit(HttpRequest request) {
    var text = request.query("limit");
    if (text.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    try {
      var limit = Integer.parseInt(text);
      return limit <= 0 ? Integer.MAX_VALUE : limit;
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("limit must be a number, was \"%s\"".formatted(text));
    }
  }

  private static String opening(ApiKind kind, Form form, Page page) {
    var isPartial = form == Form.PARTIAL;
    var list = isPartial ? "PartialObjectMetadataList" : kind.kind() + "List";
    var apiVersion = isPartial ? "meta.k8s.io/v1" : kind.apiVersion();
    return "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":%s,\"items\":["
        .formatted(list, apiVersion, Json.text(metadata(page)));
  }

  private static ObjectNode metadata(Page page) {
    var metadata = Json.object().put("resourceVersion", Long.toString(page.version));
    if (!page.token.isEmpty()) {
      metadata.put("continue", page.token);
    }
    if (page.remaining > 0) {
      metadata.put("remainingItemCount", page.remaining);
    }
    return metadata;
  }

  /**
   * Where the next page begins, as clients carry it.
   *
   * @param version of the first page; negative for whatever is newest
   */
  private record Continuation(long version, String start) {
    String text() {
      var json = Json.object().put("v", "meta.k8s.io/v1").put("rv", version).put("start", start);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(json));
    }

    static Continuation read(String token) {
      try {
        var json = Json.object(Base64.getUrlDecoder().decode(token));
        return new Continuation(json.path("rv").asLong(-1), Json.text(json, "start"));
      } catch (IllegalArgumentException | Refusal e) {
        throw Refusal.badRequest("continue key is not valid: " + token);
      }
    }
  }
}
