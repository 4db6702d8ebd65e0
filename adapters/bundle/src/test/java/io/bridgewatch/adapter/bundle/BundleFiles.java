package io.bridgewatch.adapter.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Builds bundles for tests: files by name, written as a folder, a zip or a tar.gz. */
final class BundleFiles {

  static final String MANIFEST =
      """
      {"format": "bridgewatch.incident-bundle/v1", "name": "b1",
       "window": {"from": "2023-01-29T08:20:00Z", "to": "2023-01-29T08:40:00Z"}}
      """;

  /** 2023-01-29T08:30:00Z, inside the window of {@link #MANIFEST}. */
  static final long NOON = 1_674_981_000L;

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  static BundleFiles withManifest() {
    return new BundleFiles().with("bundle.json", MANIFEST);
  }

  BundleFiles with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  BundleFiles with(String name, byte[] bytes) {
    files.put(name, bytes);
    return this;
  }

  BundleFiles withGzip(String name, String text) {
    return with(name, gzip(text.getBytes(StandardCharsets.UTF_8)));
  }

  Map<String, byte[]> files() {
    return files;
  }

  static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  Path asFolder(Path folder) throws IOException {
    for (var file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    return folder;
  }

  Path asZip(Path zip, String prefix) throws IOException {
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (var file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(prefix + file.getKey()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return zip;
  }

  Path asTarGz(Path tar, String prefix) throws IOException {
    try (OutputStream out = Files.newOutputStream(tar);
        var gzip = new GZIPOutputStream(out);
        var archive = new TarArchiveOutputStream(gzip)) {
      for (var file : files.entrySet()) {
        var entry = new TarArchiveEntry(prefix + file.getKey());
        entry.setSize(file.getValue().length);
        archive.putArchiveEntry(entry);
        archive.write(file.getValue());
        archive.closeArchiveEntry();
      }
    }
    return tar;
  }

  /** One gauge point of {@code container.cpu.usage} of service {@code cart} in one line. */
  static String gauge(long epochSeconds, String value) {
    return metric(
        "container.cpu.usage",
        "{cpu}",
        "\"gauge\":{\"dataPoints\":[{\"timeUnixNano\":\""
            + epochSeconds
            + "000000000\",\"asDouble\":"
            + value
            + "}]}");
  }

  static String metric(String name, String unit, String data) {
    return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
        + "{\"stringValue\":\"cart\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\""
        + name
        + "\",\"unit\":\""
        + unit
        + "\","
        + data
        + "}]}]}]}\n";
  }

  static String span(String traceId, String spanId, String parent, long epochSeconds) {
    return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
        + "{\"stringValue\":\"cart\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
        + traceId
        + "\",\"spanId\":\""
        + spanId
        + "\",\"parentSpanId\":\""
        + parent
        + "\",\"name\":\"GET /cart\",\"kind\":2,\"startTimeUnixNano\":\""
        + epochSeconds
        + "000000000\",\"endTimeUnixNano\":\""
        + epochSeconds
        + "250000000\",\"status\":{\"code\":2}}]}]}]}\n";
  }

  static String log(long epochSeconds, String body) {
    return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":"
        + "{\"stringValue\":\"cart\"}}]},\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\""
        + epochSeconds
        + "000000000\",\"severityNumber\":17,\"body\":{\"stringValue\":\""
        + body
        + "\"}}]}]}]}\n";
  }
}
