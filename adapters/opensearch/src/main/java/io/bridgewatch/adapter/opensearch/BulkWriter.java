package io.bridgewatch.adapter.opensearch;

import io.bridgewatch.model.Nanos;
import io.bridgewatch.ports.StoreException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * Writes batches by bulk requests.
 *
 * <ol>
 *   <li>A batch goes in requests of about {@value #REQUEST_BYTES} bytes; each item is created under
 *       an id of its own, so one that is there already counts as kept.
 *   <li>Items that the cluster refuses for now (429, 5xx), and requests without an answer, are sent
 *       again, {@value #TRIES} times in all, after pauses that double and vary by chance.
 *   <li>Items that fit no mapping are counted as rejected: they would never be taken.
 * </ol>
 *
 * A batch is kept when all this ended well; otherwise part of it may be, and writing it again makes
 * no item double. Safe for use by several threads.
 */
final class BulkWriter<T> {

  static final int TRIES = 5;

  private static final int REQUEST_BYTES = 4 << 20;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int CREATED_BEFORE = 409;
  private static final int BAD_REQUEST = 400;

  /** What no later try would change. A full cluster answers 400 too, with other types. */
  private static final Set<String> NEVER_TAKEN =
      Set.of(
          "mapper_parsing_exception",
          "document_parsing_exception",
          "strict_dynamic_mapping_exception",
          "max_bytes_length_exceeded_exception",
          "illegal_argument_exception");

  private static final String FILTER =
      "filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,"
          + "items.*.error.caused_by.type";

  private final Rest rest;
  private final DayIndexes indexes;
  private final DocumentForm<T> form;
  private final InstantSource clock;
  private final Pause pause;
  private final DoubleSupplier chance;
  private final WriteCounts counts;
  private final String what;
  private long nextOrder = Long.MIN_VALUE;

  /**
   * @param chance from 0 inclusive to 1 exclusive
   */
  BulkWriter(
      Rest rest,
      DayIndexes indexes,
      DocumentForm<T> form,
      InstantSource clock,
      Pause pause,
      DoubleSupplier chance,
      WriteCounts counts) {
    this.rest = rest;
    this.indexes = indexes;
    this.form = form;
    this.clock = clock;
    this.pause = pause;
    this.chance = chance;
    this.counts = counts;
    this.what = "keep " + form.signal();
  }

  /**
   * @throws StoreException if not all of them are kept for sure
   */
  void write(List<T> items) {
    if (items.isEmpty()) {
      return;
    }
    indexes.prepare();
    var ids = form.ids(items);
    long order = orders(items.size());
    long end = System.nanoTime() + rest.endpoint().timeout().toNanos();
    var lines = new ArrayList<byte[]>();
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      var line = line(items.get(i), ids.get(i), order + i);
      if (bytes + line.length > REQUEST_BYTES && !lines.isEmpty()) {
        send(lines, end);
        lines.clear();
        bytes = 0;
      }
      lines.add(line);
      bytes += line.length;
    }
    send(lines, end);
  }

  /** As many numbers in a row; rises over restarts too, as far as the clock does. */
  private synchronized long orders(int count) {
    long first = Math.max(nextOrder, Nanos.of(clock.instant()));
    nextOrder = first + count;
    return first;
  }

  /** The two lines of an item. */
  private byte[] line(T item, String id, long order) {
    long nanos = form.nanos(item);
    var out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = Rest.JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectPropertyStart("create");
      json.writeStringProperty("_index", indexes.of(nanos));
      json.writeStringProperty("_id", id);
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
      json.writeStartObject();
      json.writeNumberProperty(DocumentForm.TIMESTAMP, Math.floorDiv(nanos, 1_000_000L));
      json.writeNumberProperty(DocumentForm.TIME, nanos);
      json.writeNumberProperty(DocumentForm.ORDER, order);
      form.write(json, item);
      json.writeEndObject();
      json.writeRaw('\n');
    }
    return out.toByteArray();
  }

  private void send(List<byte[]> lines, long end) {
    List<byte[]> left = List.copyOf(lines);
    for (int attempt = 1; ; attempt++) {
      var reply = rest.postLines("/_bulk?" + FILTER, left);
      switch (reply) {
        case Reply.Done done -> {
          left = again(left, done.body());
          if (left.isEmpty()) {
            return;
          }
          reply = busy(done.body());
        }
        case Reply.Refused refused -> {
          if (refused.status() == Reply.TOO_LARGE) {
            sendInHalves(left, refused, end);
            return;
          }
          if (!refused.mayPass()) {
            throw reply.failure(what, rest.endpoint());
          }
        }
        case Reply.Unreachable unreachable -> {}
      }
      if (attempt == TRIES || System.nanoTime() - end >= 0 || !pausedAfter(attempt)) {
        throw reply.failure(what + ", " + left.size() + " of them", rest.endpoint());
      }
      counts.retry(left.size());
    }
  }

  private void sendInHalves(List<byte[]> lines, Reply.Refused refused, long end) {
    if (lines.size() == 1) {
      counts.reject(WriteCounts.TOO_LARGE, refused.reason());
      return;
    }
    int middle = lines.size() / 2;
    send(lines.subList(0, middle), end);
    send(lines.subList(middle, lines.size()), end);
  }

  private boolean pausedAfter(int attempt) {
    double share = 0.5 + chance.getAsDouble() / 2;
    long millis = Math.round(share * (FIRST_PAUSE.toMillis() << (attempt - 1)));
    try {
      return pause.after(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while writing to " + rest.endpoint().base(), e);
    }
  }

  /** What has to be sent once more. */
  private List<byte[]> again(List<byte[]> sent, JsonNode answer) {
    if (!answer.path("errors").asBoolean(true)) {
      return List.of();
    }
    var items = answer.path("items");
    if (items.size() != sent.size()) {
      throw new StoreException(
          "cannot %s in %s: it answered for %d of %d items; is it an OpenSearch?"
              .formatted(what, rest.endpoint().base(), items.size(), sent.size()));
    }
    var again = new ArrayList<byte[]>();
    for (int i = 0; i < sent.size(); i++) {
      var item = items.path(i).path("create");
      int status = item.path("status").asInt(0);
      if (status / 100 == 2 || status == CREATED_BEFORE) {
        continue;
      }
      var refused = refused(item);
      if (refused.mayPass()) {
        again.add(sent.get(i));
      } else if (status == BAD_REQUEST
          && refused.types().stream().anyMatch(NEVER_TAKEN::contains)) {
        counts.reject(WriteCounts.MAPPING_REFUSED, refused.reason());
      } else {
        throw refused.failure(what, rest.endpoint());
      }
    }
    return again;
  }

  private static Reply.Refused refused(JsonNode item) {
    var error = item.path("error");
    return new Reply.Refused(
        item.path("status").asInt(0),
        Reply.types(error.findValues("type")),
        Reply.shortened(error.path("reason").asString("no reason given")));
  }

  /** The first item that is refused for now. */
  private static Reply busy(JsonNode answer) {
    for (JsonNode item : answer.path("items")) {
      var refused = refused(item.path("create"));
      if (refused.mayPass()) {
        return refused;
      }
    }
    throw new IllegalStateException("no item is refused for now");
  }
}
