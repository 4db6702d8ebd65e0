package io.bridgewatch.telemetry;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.telemetry.TracesMessage.Draft;
import io.bridgewatch.telemetry.TracesMessage.Group;
import java.util.Base64;
import java.util.HexFormat;

/** Reads a Jaeger Batch in Thrift's binary form. */
final class JaegerThrift {

  private static final int CHILD_OF = 0;
  private static final HexFormat HEX = HexFormat.of();

  /** A tag as it is being read. */
  private static final class Tag {
    private String key = "";
    private String value = "";
  }

  private final TelemetryLimits limits;
  private final TracesMessage message;

  JaegerThrift(TelemetryLimits limits) {
    this.limits = limits;
    this.message = new TracesMessage(limits);
  }

  TracesMessage read(Thrift thrift) {
    var group = new Group();
    thrift.struct(
        number -> {
          switch (number) {
            case 1 -> process(thrift, group);
            case 2 -> thrift.list(() -> span(thrift, group));
            default -> thrift.skip();
          }
        });
    message.groups.add(group);
    return message;
  }

  private void process(Thrift thrift, Group group) {
    var attributes = new AttributeDraft(limits);
    group.resource = attributes.values();
    thrift.struct(
        number -> {
          switch (number) {
            case 1 -> attributes.put(AttributeNames.SERVICE, thrift.text());
            case 2 ->
                thrift.list(
                    () -> {
                      Tag tag = tag(thrift);
                      attributes.put(tag.key, tag.value);
                    });
            default -> thrift.skip();
          }
        });
  }

  private void span(Thrift thrift, Group group) {
    if (!message.room().take()) {
      thrift.skip();
      return;
    }
    var draft = new Draft();
    var attributes = new AttributeDraft(limits);
    draft.attributes = attributes.values();
    long[] traceId = new long[2]; // high, low
    long[] micros = {Json.UNREADABLE, 0}; // start, duration
    thrift.struct(
        number -> {
          switch (number) {
            case 1 -> traceId[1] = thrift.i64();
            case 2 -> traceId[0] = thrift.i64();
            case 3 -> draft.spanId = id(thrift.i64());
            case 4 -> draft.parentSpanId = parent(draft, id(thrift.i64()));
            case 5 -> draft.name = thrift.text();
            case 6 -> thrift.list(() -> reference(thrift, draft));
            case 8 -> micros[0] = thrift.i64();
            case 9 -> micros[1] = thrift.i64();
            case 10 ->
                thrift.list(
                    () -> {
                      Tag tag = tag(thrift);
                      ForeignTags.add(tag.key, tag.value, draft, attributes);
                    });
            default -> thrift.skip();
          }
        });
    if (traceId[0] != 0 || traceId[1] != 0) {
      draft.traceId = HEX.toHexDigits(traceId[0]) + HEX.toHexDigits(traceId[1]);
    }
    draft.start = ForeignTags.nanos(micros[0]);
    draft.end = ForeignTags.end(draft.start, ForeignTags.durationNanos(micros[1]));
    group.spans.add(draft);
  }

  /** A parent named by the span wins over one that a reference names. */
  private static String parent(Draft draft, String named) {
    return named.isEmpty() ? draft.parentSpanId : named;
  }

  private static void reference(Thrift thrift, Draft draft) {
    int[] type = {-1};
    String[] spanId = {""};
    thrift.struct(
        number -> {
          switch (number) {
            case 1 -> type[0] = thrift.i32();
            case 4 -> spanId[0] = id(thrift.i64());
            default -> thrift.skip();
          }
        });
    if (type[0] == CHILD_OF && draft.parentSpanId.isEmpty()) {
      draft.parentSpanId = spanId[0];
    }
  }

  private static Tag tag(Thrift thrift) {
    var tag = new Tag();
    thrift.struct(
        number -> {
          switch (number) {
            case 1 -> tag.key = thrift.text();
            case 3 -> tag.value = thrift.text();
            case 4 -> tag.value = String.valueOf(thrift.float64());
            case 5 -> tag.value = String.valueOf(thrift.bool());
            case 6 -> tag.value = String.valueOf(thrift.i64());
            case 7 -> tag.value = Base64.getEncoder().encodeToString(thrift.binary());
            default -> thrift.skip();
          }
        });
    return tag;
  }

  private static String id(long id) {
    return id == 0 ? "" : HEX.toHexDigits(id);
  }
}
