package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.Series;
import io.bridgewatch.telemetry.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Writes incident bundles, format {@code bridgewatch.incident-bundle/v1}, as a {@code .tar.gz}.
 *
 * <ol>
 *   <li>Every file of the bundle is written once to nowhere, because a tar tells the size of a file
 *       before the file; what the reader would refuse shows here.
 *   <li>Every file is written again, into the archive. Nothing is held but the line at hand.
 * </ol>
 *
 * <p>A bundle that {@link IncidentBundles} has read is read back equal, to the last bit of its
 * samples, except that its rejections are gone: they were never part of it. Any other bundle comes
 * back as the reader would have read it:
 *
 * <ul>
 *   <li>series in the order of their keys, spans, log records, watch events and changes by time
 *   <li>without samples that are {@code NaN}, which is how absence is written in memory, and
 *       without series that have no sample
 *   <li>without what the reader rejects, counted there: samples that are infinite, records without
 *       the id, name or time that their kind must have or too far outside the window, spans that
 *       have the ids of another
 *   <li>attributes without a name are left out of telemetry; ids are in lower case; whole numbers
 *       in Kubernetes objects are {@code Long}, others {@code Double}
 *   <li>half a surrogate pair in the name of a field, as no UTF-8 can hold it, is U+FFFD
 *   <li>Secrets without their data, which are not even written
 * </ul>
 *
 * <p>Equal bundles give the same bytes under one release of Java. Requests of telemetry are split
 * over lines of about a mebibyte.
 */
public final class IncidentBundleWriter {

  private static final String FOLDER = "bundle/";

  /** More than the headers and the padding of a tar of so few files take. */
  private static final int ARCHIVE_BYTES = 1 << 16;

  private static final int BUFFER_BYTES = 1 << 16;

  /** A file of the bundle. */
  private record Part(String name, int maxLineBytes, JsonLines.Content content) {}

  private record Sized(Part part, long bytes) {}

  private IncidentBundleWriter() {}

  /**
   * Writes a bundle to a file that only its owner can read; a file of that name is replaced. After
   * a failure or a crash there is the file from before, or none.
   *
   * @throws BundleException if the bundle could not be read back within {@link
   *     ImportLimits#DEFAULT}
   * @throws IOException if the file cannot be written
   */
  public static void write(Bundle bundle, Path file) throws IOException {
    try {
      ReplacedFile.write(file, out -> write(bundle, out));
    } catch (BundleException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          "cannot write bundle "
              + bundle.name()
              + " to "
              + file
              + ": "
              + ReplacedFile.reason(e)
              + "; check that the folder is there, may be written to and has room",
          e);
    }
  }

  /**
   * Writes a bundle to a stream, which stays open.
   *
   * @throws BundleException if the bundle could not be read back within {@link
   *     ImportLimits#DEFAULT}; what the stream has by then is not to be used
   * @throws IOException if the stream takes no more
   */
  public static void write(Bundle bundle, OutputStream out) throws IOException {
    write(bundle, out, ImportLimits.DEFAULT);
  }

  static void write(Bundle bundle, OutputStream out, ImportLimits limits) throws IOException {
    checkCounts(bundle, limits);
    checkManifest(bundle, limits);
    List<Sized> parts = measured(bundle, limits);
    var packed = new CountedOutput(out);
    long unpackedBytes;
    try (var gzip = new GZIPOutputStream(packed, BUFFER_BYTES)) {
      unpackedBytes = archive(parts, bundle, gzip, limits);
    }
    checkArchive(bundle, packed.bytes(), unpackedBytes, limits);
  }

  private static void checkCounts(Bundle bundle, ImportLimits limits) throws BundleException {
    long samples = bundle.series().stream().mapToLong(Series::size).sum();
    within(samples, limits.maxSamples(), "samples", bundle);
    within(bundle.spans().size(), limits.maxRecords(), "spans", bundle);
    within(bundle.logs().size(), limits.maxRecords(), "log records", bundle);
    within(bundle.objects().size(), limits.maxRecords(), "Kubernetes objects", bundle);
    within(bundle.watch().size(), limits.maxRecords(), "watch events", bundle);
    within(bundle.changes().size(), limits.maxRecords(), "changes", bundle);
    within(bundle.calls().size(), limits.maxRecords(), "calls", bundle);
  }

  private static void within(long count, long limit, String what, Bundle bundle)
      throws BundleException {
    if (count > limit) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          bundle.name(),
          "cannot write bundle "
              + bundle.name()
              + ": it has "
              + count
              + " "
              + what
              + ", more than the "
              + limit
              + " that can be read back; narrow its window");
    }
  }

  /** Reads the manifest back: name, window and hints are used as they are or not at all. */
  private static void checkManifest(Bundle bundle, ImportLimits limits) throws IOException {
    var bytes = new ByteArrayOutputStream();
    write(manifest(bundle, limits), bytes, limits);
    var json = new Json(limits.maxDepth(), limits.maxDocumentBytes());
    var read = Manifest.read(bytes.toByteArray(), json, "", limits);
    if (read.name().isEmpty()) {
      throw new BundleException(
          Reason.MANIFEST_INVALID,
          Manifest.FILE,
          "cannot write a bundle without a name: it would be called after its file; name it");
    }
  }

  private static List<Sized> measured(Bundle bundle, ImportLimits limits) throws IOException {
    var sized = new ArrayList<Sized>();
    for (Part part : parts(bundle, limits)) {
      sized.add(new Sized(part, write(part, OutputStream.nullOutputStream(), limits)));
    }
    long bytes = sized.stream().mapToLong(Sized::bytes).sum();
    within(bytes, limits.maxUncompressedBytes() - ARCHIVE_BYTES, "bytes unpacked", bundle);
    return sized;
  }

  private static List<Part> parts(Bundle bundle, ImportLimits limits) {
    int line = limits.maxLineBytes();
    int document = limits.maxDocumentBytes();
    var parts = new ArrayList<Part>();
    parts.add(manifest(bundle, limits));
    if (!bundle.series().isEmpty()) {
      parts.add(new Part("metrics.jsonl", line, lines -> MetricsFile.write(bundle, lines)));
    }
    if (!bundle.spans().isEmpty()) {
      parts.add(new Part("traces.jsonl", line, lines -> RecordFiles.traces(bundle, lines)));
    }
    if (!bundle.logs().isEmpty()) {
      parts.add(new Part("logs.jsonl", line, lines -> RecordFiles.logs(bundle, lines)));
    }
    if (!bundle.objects().isEmpty()) {
      parts.add(
          new Part(
              "kubernetes/objects.json", document, lines -> PlainFiles.objects(bundle, lines)));
    }
    if (!bundle.watch().isEmpty()) {
      parts.add(
          new Part("kubernetes/watch.ndjson", line, lines -> PlainFiles.watch(bundle, lines)));
    }
    if (!bundle.changes().isEmpty()) {
      parts.add(new Part("changes.jsonl", line, lines -> PlainFiles.changes(bundle, lines)));
    }
    if (!bundle.calls().isEmpty()) {
      parts.add(new Part("calls.jsonl", line, lines -> PlainFiles.calls(bundle, lines)));
    }
    return parts;
  }

  private static Part manifest(Bundle bundle, ImportLimits limits) {
    return new Part(
        Manifest.FILE, limits.maxDocumentBytes(), lines -> PlainFiles.manifest(bundle, lines));
  }

  private static long write(Part part, OutputStream out, ImportLimits limits) throws IOException {
    return JsonLines.write(part.name, part.maxLineBytes, limits.maxDepth(), out, part.content);
  }

  /** Returns the bytes before compression. */
  private static long archive(
      List<Sized> parts, Bundle bundle, OutputStream out, ImportLimits limits) throws IOException {
    var counted = new CountedOutput(out);
    try (var tar = new TarArchiveOutputStream(counted, StandardCharsets.UTF_8.name())) {
      for (Sized sized : parts) {
        tar.putArchiveEntry(entry(sized, bundle));
        write(sized.part, tar, limits);
        tar.closeArchiveEntry();
      }
    }
    return counted.bytes();
  }

  /** Says nothing of when, where and by whom it is written. */
  private static TarArchiveEntry entry(Sized sized, Bundle bundle) {
    var entry = new TarArchiveEntry(FOLDER + sized.part.name);
    entry.setSize(sized.bytes);
    entry.setModTime(FileTime.from(bundle.window().from().truncatedTo(ChronoUnit.SECONDS)));
    entry.setUserName("");
    entry.setGroupName("");
    return entry;
  }

  private static void checkArchive(
      Bundle bundle, long packedBytes, long unpackedBytes, ImportLimits limits)
      throws BundleException {
    within(packedBytes, limits.maxArchiveBytes(), "bytes", bundle);
    if (Budget.isTooTight(packedBytes, unpackedBytes, limits)) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          bundle.name(),
          "cannot write bundle "
              + bundle.name()
              + ": it shrinks to less than 1/"
              + limits.maxRatio()
              + " of its size, which would be refused as a damaged or hostile archive;"
              + " narrow its window");
    }
  }
}
