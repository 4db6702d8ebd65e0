package io.bridgewatch.telemetry;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.telemetry.TracesMessage.Draft;
import io.bridgewatch.telemetry.TracesMessage.Group;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads Zipkin v2 spans in JSON.
 *
 * <p>The remote endpoint becomes {@code peer.service}, {@code network.peer.address} and {@code
 * network.peer.port}. Where client and server share one span id, the server's span gets an id of
 * its own, the shared one with its highest bit turned, below the client's.
 */
final class ZipkinJson {

  /** A span's fields that mean something only together. */
  private static final class Fields {
    private final Draft draft = new Draft();
    private final AttributeDraft attributes;
    private String service = "";
    private long micros = Json.UNREADABLE;
    private long durationMicros;
    private boolean shared;

    private Fields(TelemetryLimits limits) {
      attributes = new AttributeDraft(limits);
      draft.attributes = attributes.values();
    }
  }

  private final TelemetryLimits limits;
  private final TracesMessage message;
  private final Map<String, Group> byService = new TreeMap<>();

  ZipkinJson(TelemetryLimits limits) {
    this.limits = limits;
    this.message = new TracesMessage(limits);
  }

  TracesMessage read(JsonParser parser) {
    Json.array(
        parser,
        element -> {
          if (message.room().take()) {
            span(element);
          } else {
            Json.skip(element);
          }
        });
    return message;
  }

  private void span(JsonParser parser) {
    var fields = new Fields(limits);
    Draft draft = fields.draft;
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "traceId" -> draft.traceId = ForeignTags.traceId(OtlpJson.id(p));
            case "id" -> draft.spanId = OtlpJson.id(p);
            case "parentId" -> draft.parentSpanId = OtlpJson.id(p);
            case "name" -> draft.name = Json.text(p);
            case "kind" -> draft.kind = ForeignTags.kind(Json.text(p));
            case "timestamp" -> fields.micros = Json.integer(p);
            case "duration" -> fields.durationMicros = Json.integer(p);
            case "shared" -> fields.shared = Json.bool(p);
            case "localEndpoint" -> localEndpoint(p, fields);
            case "remoteEndpoint" -> remoteEndpoint(p, fields.attributes);
            case "tags" -> tags(p, fields);
            default -> Json.skip(p);
          }
        });
    draft.start = ForeignTags.nanos(fields.micros);
    draft.end = ForeignTags.end(draft.start, ForeignTags.durationNanos(fields.durationMicros));
    if (fields.shared && draft.kind == ForeignTags.kind("SERVER")) {
      draft.parentSpanId = draft.spanId;
      draft.spanId = highestBitTurned(draft.spanId);
    }
    group(fields.service).spans.add(draft);
  }

  private Group group(String service) {
    return byService.computeIfAbsent(
        service,
        name -> {
          var group = new Group();
          if (!name.isEmpty()) {
            group.resource = Map.of(AttributeNames.SERVICE, name);
          }
          message.groups.add(group);
          return group;
        });
  }

  private static void localEndpoint(JsonParser parser, Fields fields) {
    Json.object(
        parser,
        (p, name) -> {
          if (name.equals("serviceName")) {
            fields.service = Json.text(p);
          } else {
            Json.skip(p);
          }
        });
  }

  private static void remoteEndpoint(JsonParser parser, AttributeDraft attributes) {
    Json.object(
        parser,
        (p, name) -> {
          switch (name) {
            case "serviceName" -> attributes.put(AttributeNames.PEER_SERVICE, Json.text(p));
            case "ipv4", "ipv6" -> attributes.put("network.peer.address", Json.text(p));
            case "port" -> attributes.put("network.peer.port", Json.text(p));
            default -> Json.skip(p);
          }
        });
  }

  private static void tags(JsonParser parser, Fields fields) {
    Json.object(
        parser,
        (p, name) -> {
          JsonToken token = p.currentToken();
          if (token != null && token.isScalarValue()) {
            ForeignTags.add(name, Json.text(p), fields.draft, fields.attributes);
          } else {
            Json.skip(p);
          }
        });
  }

  private static String highestBitTurned(String id) {
    int digit = id.isEmpty() ? -1 : Character.digit(id.charAt(0), 16);
    return digit < 0 ? id : Character.forDigit(digit ^ 8, 16) + id.substring(1);
  }
}
