package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.TracesMessage.Draft;
import io.bridgewatch.telemetry.TracesMessage.Group;

/** Reads an ExportTraceServiceRequest in protobuf. */
final class TracesProtobuf {

  private final TelemetryLimits limits;
  private final TracesMessage message;

  TracesProtobuf(TelemetryLimits limits) {
    this.limits = limits;
    this.message = new TracesMessage(limits);
  }

  TracesMessage read(Wire wire) {
    wire.fields(
        number -> {
          if (number == 1) {
            group(wire);
          } else {
            wire.skip();
          }
        });
    return message;
  }

  private void group(Wire wire) {
    var group = new Group();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> group.resource = OtlpProtobuf.resource(wire, limits);
            case 2 -> scope(wire, group);
            default -> wire.skip();
          }
        });
    if (!group.spans.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void scope(Wire wire, Group group) {
    wire.message(
        number -> {
          if (number == 2 && message.room().take()) {
            group.spans.add(span(wire));
          } else {
            wire.skip();
          }
        });
  }

  private Draft span(Wire wire) {
    var draft = new Draft();
    var attributes = new AttributeDraft(limits);
    draft.attributes = attributes.values();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> draft.traceId = OtlpProtobuf.id(wire);
            case 2 -> draft.spanId = OtlpProtobuf.id(wire);
            case 4 -> draft.parentSpanId = OtlpProtobuf.id(wire);
            case 5 -> draft.name = wire.text();
            case 6 -> draft.kind = (int) wire.varint();
            case 7 -> draft.start = wire.fixed64();
            case 8 -> draft.end = wire.fixed64();
            case 9 -> OtlpProtobuf.attribute(wire, attributes);
            case 15 -> status(wire, draft);
            default -> wire.skip();
          }
        });
    return draft;
  }

  private static void status(Wire wire, Draft draft) {
    wire.message(
        number -> {
          if (number == 3) {
            draft.failed = wire.varint() == TracesMessage.ERROR;
          } else {
            wire.skip();
          }
        });
  }
}
