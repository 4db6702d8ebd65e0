package io.bridgewatch.telemetry;

import io.bridgewatch.telemetry.LogsMessage.Draft;
import io.bridgewatch.telemetry.LogsMessage.Group;

/** Reads an ExportLogsServiceRequest in protobuf. */
final class LogsProtobuf {

  private final TelemetryLimits limits;
  private final LogsMessage message;

  LogsProtobuf(TelemetryLimits limits) {
    this.limits = limits;
    this.message = new LogsMessage(limits);
  }

  LogsMessage read(Wire wire) {
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
    if (!group.records.isEmpty()) {
      message.groups.add(group);
    }
  }

  private void scope(Wire wire, Group group) {
    wire.message(
        number -> {
          if (number == 2 && message.room().take()) {
            group.records.add(record(wire));
          } else {
            wire.skip();
          }
        });
  }

  private Draft record(Wire wire) {
    var draft = new Draft();
    var attributes = new AttributeDraft(limits);
    draft.attributes = attributes.values();
    wire.message(
        number -> {
          switch (number) {
            case 1 -> draft.time = wire.fixed64();
            case 2 -> draft.severityNumber = (int) Math.clamp(wire.varint(), 0, Integer.MAX_VALUE);
            case 3 -> draft.severityText = wire.text();
            case 5 -> draft.body = OtlpProtobuf.anyValue(wire);
            case 6 -> OtlpProtobuf.attribute(wire, attributes);
            case 9 -> draft.traceId = OtlpProtobuf.id(wire);
            case 10 -> draft.spanId = OtlpProtobuf.id(wire);
            case 11 -> draft.observed = wire.fixed64();
            default -> wire.skip();
          }
        });
    return draft;
  }
}
