package io.bridgewatch.telemetry;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Messages as clients of Zipkin and Jaeger write them. */
final class ForeignSpans {

  /** 2026-03-01T00:00:00Z. */
  static final long MICROS = 1_772_323_200_000_000L;

  private ForeignSpans() {}

  static byte[] zipkin() {
    return ("""
        [{"traceId":"5af7183fb1d4cf5f","id":"352bff9a74ca9ad2","parentId":"6b221d5bc9e6496c",
          "name":"get /orders","kind":"CLIENT","timestamp":%d,"duration":207000,
          "localEndpoint":{"serviceName":"web","ipv4":"10.0.0.1","port":8080},
          "remoteEndpoint":{"serviceName":"orders","ipv4":"10.0.0.2","port":9000},
          "annotations":[{"timestamp":1,"value":"ws"}],
          "tags":{"http.method":"GET","error":"500"}},
         {"traceId":"5af7183fb1d4cf5f","id":"352bff9a74ca9ad2","parentId":"6b221d5bc9e6496c",
          "name":"get /orders","kind":"SERVER","shared":true,"timestamp":%d,"duration":100000,
          "localEndpoint":{"serviceName":"orders"}},
         {"traceId":"5af7183fb1d4cf5f","id":"01","name":"no time"}]"""
            .formatted(MICROS, MICROS + 1_000))
        .getBytes(StandardCharsets.UTF_8);
  }

  /** One span "charge" of "payments", client, failed, 1 ms, with a tag of each type. */
  static byte[] jaegerThrift() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      field(out, Thrift.STRUCT, 1);
      thriftText(out, 1, "payments");
      list(out, 2, 1);
      thriftTag(out, "host.name", "n1");
      out.writeByte(0);
      list(out, 2, 1);
      field(out, Thrift.I64, 1);
      out.writeLong(0x1234);
      field(out, Thrift.I64, 2);
      out.writeLong(0);
      field(out, Thrift.I64, 3);
      out.writeLong(-2);
      field(out, Thrift.I64, 4);
      out.writeLong(0);
      thriftText(out, 5, "charge");
      list(out, 6, 1);
      field(out, Thrift.I32, 1);
      out.writeInt(0);
      field(out, Thrift.I64, 4);
      out.writeLong(7);
      out.writeByte(0);
      field(out, Thrift.I32, 7);
      out.writeInt(1);
      field(out, Thrift.I64, 8);
      out.writeLong(MICROS);
      field(out, Thrift.I64, 9);
      out.writeLong(1_000);
      list(out, 10, 4);
      thriftTag(out, "span.kind", "client");
      thriftText(out, 1, "error");
      field(out, Thrift.I32, 2);
      out.writeInt(2);
      field(out, Thrift.BOOL, 5);
      out.writeByte(1);
      out.writeByte(0);
      thriftText(out, 1, "size");
      field(out, Thrift.I64, 6);
      out.writeLong(42);
      out.writeByte(0);
      thriftText(out, 1, "ratio");
      field(out, Thrift.DOUBLE, 4);
      out.writeDouble(0.5);
      out.writeByte(0);
      list(out, 11, 1); // logs, which are skipped
      field(out, Thrift.I64, 1);
      out.writeLong(MICROS);
      list(out, 2, 1);
      thriftTag(out, "event", "retry");
      out.writeByte(0);
      out.writeByte(0); // span
      out.writeByte(0); // batch
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void field(DataOutputStream out, int type, int number) throws IOException {
    out.writeByte(type);
    out.writeShort(number);
  }

  private static void list(DataOutputStream out, int number, int size) throws IOException {
    field(out, Thrift.LIST, number);
    out.writeByte(Thrift.STRUCT);
    out.writeInt(size);
  }

  private static void thriftText(DataOutputStream out, int number, String text) throws IOException {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    field(out, Thrift.STRING, number);
    out.writeInt(value.length);
    out.write(value);
  }

  private static void thriftTag(DataOutputStream out, String key, String value) throws IOException {
    thriftText(out, 1, key);
    field(out, Thrift.I32, 2);
    out.writeInt(0);
    thriftText(out, 3, value);
    out.writeByte(0);
  }

  /** The same span, as PostSpans carries it. */
  static byte[] jaegerProtobuf() {
    byte[] process =
        protobuf(
            out -> {
              out.writeString(1, "payments");
              out.writeByteArray(2, tag("host.name", 0, o -> o.writeString(3, "n1")));
            });
    byte[] span =
        protobuf(
            out -> {
              out.writeByteArray(1, new byte[] {0, 0, 0, 0, 0, 0, 0x12, 0x34});
              out.writeByteArray(2, new byte[] {-1, -1, -1, -1, -1, -1, -1, -2});
              out.writeString(3, "charge");
              out.writeByteArray(
                  4, protobuf(o -> o.writeByteArray(2, new byte[] {0, 0, 0, 0, 0, 0, 0, 7})));
              out.writeByteArray(6, protobuf(o -> o.writeInt64(1, MICROS / 1_000_000)));
              out.writeByteArray(7, protobuf(o -> o.writeInt32(2, 1_000_000)));
              out.writeByteArray(8, tag("span.kind", 0, o -> o.writeString(3, "client")));
              out.writeByteArray(8, tag("error", 1, o -> o.writeBool(4, true)));
              out.writeByteArray(8, tag("size", 2, o -> o.writeInt64(5, 42)));
              out.writeByteArray(8, tag("ratio", 3, o -> o.writeDouble(6, 0.5)));
            });
    return protobuf(
        out ->
            out.writeByteArray(
                1,
                protobuf(
                    batch -> {
                      batch.writeByteArray(1, span);
                      batch.writeByteArray(2, process);
                    })));
  }

  private interface Writer {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] tag(String key, int type, Writer value) {
    return protobuf(
        out -> {
          out.writeString(1, key);
          out.writeEnum(2, type);
          value.write(out);
        });
  }

  private static byte[] protobuf(Writer writer) {
    var bytes = new ByteArrayOutputStream();
    try {
      var out = CodedOutputStream.newInstance(bytes);
      writer.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
