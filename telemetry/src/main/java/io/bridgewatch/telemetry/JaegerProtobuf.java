package io.bridgewatch.telemetry;

import io.bridgewatch.model.AttributeNames;
import io.bridgewatch.telemetry.TracesMessage.Draft;
import io.bridgewatch.telemetry.TracesMessage.Group;
import java.util.Base64;

/**
 * Reads a PostSpansRequest of {@code jaeger.api_v2}: one batch, whose spans may each name a process
 * of their own.
 */
final class JaegerProtobuf {

  /** A tag as it is being read. */
  private static final class Tag {
    private static final int STRING = 0;
    private static final int BOOL = 1;
    private static final int INT64 = 2;
    private static final int FLOAT64 = 3;

    private String key = "";
    private int type = STRING;
    private String text = "";
    private boolean bool;
    private long int64;
    private double float64;
    private String binary = "";

    /** By the type, since a value that is zero is left out. */
    private String value() {
      return switch (type) {
        case STRING -> text;
        case BOOL -> String.valueOf(bool);
        case INT64 -> String.valueOf(int64);
        case FLOAT64 -> String.valueOf(float64);
        default -> binary;
      };
    }
  }

  private final TelemetryLimits limits;
  private final TracesMessage message;

  JaegerProtobuf(TelemetryLimits limits) {
    this.limits = limits;
    this.message = new TracesMessage(limits);
  }

  TracesMessage read(Wire wire) {
    wire.fields(
        number -> {
          if (number == 1) {
            batch(wire);
          } else {
            wire.skip();
          }
        });
    return message;
  }

  private void batch(Wire wire) {
    var group = new Group();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> span(wire, group);
            case 2 -> process(wire, group);
            default -> wire.skip();
          }
        });
    if (!group.spans.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void process(Wire wire, Group group) {
    var attributes = new AttributeDraft(limits);
    group.resource = attributes.values();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> attributes.put(AttributeNames.SERVICE, wire.text());
            case 2 -> {
              Tag tag = tag(wire);
              attributes.put(tag.key, tag.value());
            }
            default -> wire.skip();
          }
        });
  }

  private void span(Wire wire, Group batch) {
    if (!message.room().take()) {
      wire.skip();
      return;
    }
    var draft = new Draft();
    var attributes = new AttributeDraft(limits);
    draft.attributes = attributes.values();
    var own = new Group();
    long[] took = {0};
    wire.message(
        number -> {
          switch (number) {
            case 1 -> draft.traceId = OtlpProtobuf.id(wire);
            case 2 -> draft.spanId = OtlpProtobuf.id(wire);
            case 3 -> draft.name = wire.text();
            case 4 -> reference(wire, draft);
            case 6 -> draft.start = nanos(wire);
            case 7 -> took[0] = nanos(wire);
            case 8 -> {
              Tag tag = tag(wire);
              ForeignTags.add(tag.key, tag.value(), draft, attributes);
            }
            case 10 -> process(wire, own);
            default -> wire.skip();
          }
        });
    draft.traceId = ForeignTags.traceId(draft.traceId);
    draft.end = ForeignTags.end(draft.start, took[0]);
    if (own.resource.isEmpty()) {
      batch.spans.add(draft);
    } else {
      own.spans.add(draft);
      message.groups.add(own);
    }
  }

  private static void reference(Wire wire, Draft draft) {
    String[] spanId = {""};
    long[] type = {0}; // CHILD_OF
    wire.message(
        number -> {
          switch (number) {
            case 2 -> spanId[0] = OtlpProtobuf.id(wire);
            case 3 -> type[0] = wire.varint();
            default -> wire.skip();
          }
        });
    if (type[0] == 0 && draft.parentSpanId.isEmpty()) {
      draft.parentSpanId = spanId[0];
    }
  }

  /** A Timestamp or a Duration; unreadable where it is beyond what fits. */
  private static long nanos(Wire wire) {
    long[] parts = new long[2]; // seconds, nanoseconds
    wire.message(
        number -> {
          switch (number) {
            case 1 -> parts[0] = wire.varint();
            case 2 -> parts[1] = wire.varint();
            default -> wire.skip();
          }
        });
    boolean fits = Math.abs(parts[0]) < 9_000_000_000L && parts[1] >= 0 && parts[1] < 1_000_000_000;
    return fits ? parts[0] * 1_000_000_000 + parts[1] : Json.UNREADABLE;
  }

  private static Tag tag(Wire wire) {
    var tag = new Tag();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> tag.key = wire.text();
            case 2 -> tag.type = (int) wire.varint();
            case 3 -> tag.text = wire.text();
            case 4 -> tag.bool = wire.varint() != 0;
            case 5 -> tag.int64 = wire.varint();
            case 6 -> tag.float64 = wire.float64();
            case 7 -> tag.binary = Base64.getEncoder().encodeToString(wire.bytes());
            default -> wire.skip();
          }
        });
    return tag;
  }
}
