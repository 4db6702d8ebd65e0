package io.bridgewatch.kubernetes.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Streams the changes of a kind, one JSON object a line. */
final class WatchAnswer {
  private static final int BATCH = 256;
  private static final Duration LONGEST = Duration.ofHours(1);

  private final ObjectStore store;
  private final Faults faults;
  private final RequestLog log;
  private final Duration bookmarkInterval;
  private final Tables tables;

  WatchAnswer(
      ObjectStore store, Faults faults, RequestLog log, Duration bookmarkInterval, Tables tables) {
    this.tables = tables;
    this.store = store;
    this.faults = faults;
    this.log = log;
    this.bookmarkInterval = bookmarkInterval;
  }

  void answer(
      ApiKind kind,
      ObjectKey at,
      Selector selector,
      Form form,
      HttpRequest request,
      HttpAnswer answer)
      throws IOException, InterruptedException {
    var wantsInitial = request.query("sendInitialEvents");
    checkOptions(request, wantsInitial);
    var from = request.query("resourceVersion");
    var filter = new Filter(ListAnswer.Range.of(at), selector);
    var startsNow =
        wantsInitial.equals("true")
            || (from.isEmpty() || from.equals("0")) && wantsInitial.isEmpty();
    if (startsNow) {
      if (!from.isEmpty() && Versions.parse(from) > store.version()) {
        throw Refusal.tooLargeVersion(Versions.parse(from), store.version());
      }
      var opened = store.watchFromNow(kind, answer::cut);
      var sender = new Sender(kind, filter, form, request, answer, opened.watch(), wantsInitial);
      sender.run(Optional.of(opened.snapshot()));
      return;
    }
    var version = from.isEmpty() ? store.version() : Versions.parse(from);
    var watch = store.watchFrom(kind, version, answer::cut);
    if (watch.isEmpty()) {
      refuseOldVersion(version, answer);
      return;
    }
    new Sender(kind, filter, form, request, answer, watch.get(), wantsInitial)
        .run(Optional.empty());
  }

  private void checkOptions(HttpRequest request, String wantsInitial) {
    var match = request.query("resourceVersionMatch");
    if (wantsInitial.isEmpty()) {
      if (!match.isEmpty()) {
        throw Refusal.forbiddenOption(
            "resourceVersionMatch",
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
      }
      return;
    }
    if (faults.refusesInitialEvents()) {
      throw Refusal.forbiddenOption(
          "sendInitialEvents",
          "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled");
    }
    if (!match.equals("NotOlderThan")) {
      throw Refusal.forbiddenOption(
          "resourceVersionMatch",
          match.isEmpty()
              ? "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
              : "supported values: \"NotOlderThan\"");
    }
    if (!request.flag("allowWatchBookmarks")) {
      throw Refusal.forbiddenOption(
          "sendInitialEvents", "sendInitialEvents is forbidden unless allowWatchBookmarks is set");
    }
  }

  private void refuseOldVersion(long version, HttpAnswer answer) throws IOException {
    var refusal = tooOld(version);
    if (faults.expiresWatchesByStatus()) {
      throw refusal;
    }
    try (var out = answer.stream("application/json")) {
      out.write(error(refusal));
      out.finish();
    }
  }

  private Refusal tooOld(long version) {
    return Refusal.expired("too old resource version: %d (%d)".formatted(version, store.version()));
  }

  private static byte[] error(Refusal refusal) {
    return ("{\"type\":\"ERROR\",\"object\":" + Json.text(refusal.status()) + "}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What a watch is about. */
  private record Filter(ListAnswer.Range range, Selector selector) {
    boolean matches(StoredObject object) {
      return object.key().compareTo(range.start()) >= 0
          && (range.end().isEmpty() || object.key().compareTo(range.end()) < 0)
          && selector.matches(object);
    }
  }

  /** Sends one watch. */
  private final class Sender {
    private final ApiKind kind;
    private final byte[] head;
    private final Filter filter;
    private final Form form;
    private final HttpAnswer answer;
    private final Watch watch;
    private final boolean marksInitialEnd;
    private final boolean wantsBookmarks;
    private final long deadline;

    Sender(
        ApiKind kind,
        Filter filter,
        Form form,
        HttpRequest request,
        HttpAnswer answer,
        Watch watch,
        String wantsInitial) {
      this.kind = kind;
      this.head = kind.head();
      this.filter = filter;
      this.form = form;
      this.answer = answer;
      this.watch = watch;
      this.marksInitialEnd = wantsInitial.equals("true");
      this.wantsBookmarks = request.flag("allowWatchBookmarks");
      var seconds = request.query("timeoutSeconds");
      this.deadline =
          System.nanoTime()
              + (seconds.isEmpty() ? LONGEST : Duration.ofSeconds(Versions.parse(seconds)))
                  .toNanos();
    }

    void run(Optional<ObjectStore.Snapshot> initial) throws IOException, InterruptedException {
      log.watchBegan();
      try (var out = answer.lastStream("application/json", () -> store.close(kind, watch))) {
        out.flush();
        if (initial.isPresent() && !sendInitial(out, initial.get())) {
          return;
        }
        out.flush();
        follow(out);
      } finally {
        log.watchEnded();
        store.close(kind, watch);
      }
    }

    /** Returns false when the connection was cut. */
    private boolean sendInitial(HttpAnswer.ChunkedBody out, ObjectStore.Snapshot snapshot)
        throws IOException, InterruptedException {
      var objects = filter.range.in(snapshot.objects());
      while (objects.hasNext()) {
        var object = objects.next();
        if (filter.selector.matches(object) && !send(out, "ADDED", object)) {
          return false;
        }
      }
      if (marksInitialEnd) {
        out.write(bookmark(snapshot.version(), true));
      }
      return true;
    }

    private void follow(HttpAnswer.ChunkedBody out) throws IOException, InterruptedException {
      var nextBookmark = System.nanoTime() + bookmarkInterval.toNanos();
      while (true) {
        var now = System.nanoTime();
        var patience = Math.min(deadline, nextBookmark) - now;
        var batch = store.await(kind, watch, BATCH, Duration.ofNanos(Math.max(0, patience)));
        faults.holdWhilePaused();
        if (batch.isExpired()) {
          out.write(error(tooOld(batch.version())));
          out.finish();
          return;
        }
        for (var change : batch.changes()) {
          if (!send(out, change)) {
            return;
          }
        }
        for (var line : batch.injected()) {
          out.write(line);
          out.write('\n');
        }
        if (batch.isEnded()) {
          answer.cut();
          return;
        }
        now = System.nanoTime();
        var isOver = now - deadline >= 0;
        if (batch.isBookmarkDue() || isOver || now - nextBookmark >= 0) {
          if (wantsBookmarks && !faults.sendsNoBookmarks()) {
            out.write(bookmark(batch.version(), false));
          }
          nextBookmark = now + bookmarkInterval.toNanos();
        }
        if (isOver) {
          out.finish();
          return;
        }
        out.flush();
      }
    }

    /** What a change is to this watch: one that leaves the selection looks like a delete. */
    private boolean send(HttpAnswer.ChunkedBody out, Change change)
        throws IOException, InterruptedException {
      var object = change.object();
      var was = change.before().filter(filter::matches);
      if (change.type() == Change.Type.DELETED) {
        return was.isEmpty() || send(out, "DELETED", object);
      }
      if (filter.matches(object)) {
        return send(out, was.isPresent() ? "MODIFIED" : "ADDED", object);
      }
      return was.isEmpty()
          || send(
              out, "DELETED", StoredObject.encode(kind, was.get().tree(kind), change.version()));
    }

    /** Returns false when the connection was cut in the middle of the event. */
    private boolean send(HttpAnswer.ChunkedBody out, String type, StoredObject object)
        throws IOException {
      out.write(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
      if (faults.takeCutOfWatch()) {
        out.write('{');
        out.write(head);
        out.write(object.json(), 1, object.json().length / 2);
        out.flush();
        answer.breakOff();
        return false;
      }
      switch (form) {
        case FULL -> object.write(out, head);
        case PARTIAL -> object.writePartial(out);
        case TABLE -> out.write(Json.bytes(tables.of(kind, object)));
      }
      out.write('}');
      out.write('\n');
      return true;
    }

    private byte[] bookmark(long version, boolean endsInitialEvents) {
      var annotations =
          endsInitialEvents ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}" : "";
      var isPartial = form == Form.PARTIAL;
      var rest = isPartial || kind.emptyRest().isEmpty() ? "" : "," + kind.emptyRest();
      var begin =
          isPartial
              ? "\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\","
              : new String(head, StandardCharsets.UTF_8);
      return "{\"type\":\"BOOKMARK\",\"object\":{%s\"metadata\":{\"resourceVersion\":\"%d\"%s}%s}}\n"
          .formatted(begin, version, annotations, rest)
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
