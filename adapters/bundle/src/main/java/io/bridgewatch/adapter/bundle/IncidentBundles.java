package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import io.bridgewatch.model.Bundle;
import io.bridgewatch.model.KubernetesObject;
import io.bridgewatch.telemetry.Json;
import io.bridgewatch.telemetry.OtlpSignal;
import io.bridgewatch.telemetry.ShapeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads incident bundles, format {@code bridgewatch.incident-bundle/v1}, from a folder, a {@code
 * .zip} or a {@code .tar.gz}.
 *
 * <ol>
 *   <li>bundle.json is read first: it says when the bundle plays.
 *   <li>Each known file is read once, line by line; unknown files are left alone.
 *   <li>Samples of one series are merged, sorted and freed of duplicates (the last one wins);
 *       spans, log records, watch events and changes are sorted by time.
 * </ol>
 *
 * <p>A line counts whole or not at all. A line or record that cannot be used is counted as a {@link
 * Bundle.Rejection} and costs nothing else; so is the rest of a torn {@code .gz} file. What makes
 * the bundle as a whole untrustworthy throws, and then nothing was imported. Nothing is ever
 * written. The same bytes give the same bundle, whatever they are packed in.
 */
public final class IncidentBundles {

  private IncidentBundles() {}

  /** Reads a bundle within {@link ImportLimits#DEFAULT}. */
  public static Bundle read(Path path) throws BundleException {
    return read(path, ImportLimits.DEFAULT);
  }

  /**
   * Reads a bundle.
   *
   * @throws BundleException if it cannot be read, is not what it says or asks for more than allowed
   */
  public static Bundle read(Path path, ImportLimits limits) throws BundleException {
    try {
      BundleSource source = open(path, limits);
      var json =
          new Json(limits.maxDepth(), Math.max(limits.maxLineBytes(), limits.maxDocumentBytes()));
      long packed = source.packedBytes();
      if (packed > limits.maxArchiveBytes()) {
        throw new BundleException(
            Reason.LIMIT_EXCEEDED,
            path.toString(),
            "cannot import "
                + path
                + ": it has "
                + packed
                + " bytes, limit "
                + limits.maxArchiveBytes()
                + "; narrow the window of the bundle or raise the limit");
      }
      var located = source.manifest(limits.maxDocumentBytes(), new Budget(limits, packed));
      Manifest manifest = Manifest.read(located.bytes(), json, source.name(), limits);
      var intake = new Intake(manifest, limits);
      var budget = new Budget(limits, packed);
      source.files(
          located.folder(),
          budget,
          (name, content) -> file(name, content, intake, json, budget, limits));
      return intake.finish();
    } catch (BundleException e) {
      throw e;
    } catch (IOException e) {
      throw new BundleException(
          Reason.NOT_READABLE,
          path.toString(),
          "cannot read " + path + ": " + e.getMessage() + "; check the file and its permissions",
          e);
    }
  }

  private static BundleSource open(Path path, ImportLimits limits) throws IOException {
    if (Files.isDirectory(path)) {
      return new Folder(path);
    }
    if (!Files.isRegularFile(path)) {
      throw new BundleException(
          Reason.NOT_READABLE,
          path.toString(),
          "cannot read " + path + ": there is no such file or folder; check the path");
    }
    byte[] head;
    try (InputStream in = Files.newInputStream(path)) {
      head = in.readNBytes(4);
    }
    if (head.length >= 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b) {
      return new TarArchive(path, limits);
    }
    if (head.length >= 2 && head[0] == 'P' && head[1] == 'K') {
      return new ZipArchive(path, limits);
    }
    throw new BundleException(
        Reason.UNKNOWN_CONTAINER,
        path.toString(),
        "cannot tell what " + path + " is; wanted a folder, a .zip or a .tar.gz");
  }

  private static void file(
      String name,
      InputStream content,
      Intake intake,
      Json json,
      Budget budget,
      ImportLimits limits)
      throws IOException {
    if (!KnownFiles.isCompressed(name)) {
      plain(name, content, intake, json, limits);
      return;
    }
    try {
      var gzip =
          GzipCompressorInputStream.builder()
              .setInputStream(content)
              .setDecompressConcatenated(true)
              .get();
      plain(name, budget.counted(gzip, name), intake, json, limits);
    } catch (BundleException e) {
      throw e;
    } catch (IOException e) {
      // a collector was stopped in mid-write: the lines before the tear are good
      intake.reject(new Place(name, 0), RejectionReason.DAMAGED_GZIP);
    }
  }

  private static void plain(
      String name, InputStream content, Intake intake, Json json, ImportLimits limits)
      throws IOException {
    switch (KnownFiles.withoutCompression(name)) {
      case "metrics.jsonl" ->
          lines(
              name,
              content,
              new OtlpLines(OtlpSignal.METRICS, intake, limits),
              intake,
              json,
              limits);
      case "traces.jsonl" ->
          lines(
              name,
              content,
              new OtlpLines(OtlpSignal.TRACES, intake, limits),
              intake,
              json,
              limits);
      case "logs.jsonl" ->
          lines(
              name, content, new OtlpLines(OtlpSignal.LOGS, intake, limits), intake, json, limits);
      case "kubernetes/watch.ndjson" ->
          lines(name, content, PlainLines.watch(intake), intake, json, limits);
      case "changes.jsonl" ->
          lines(name, content, PlainLines.changes(intake), intake, json, limits);
      case "calls.jsonl" -> lines(name, content, PlainLines.calls(intake), intake, json, limits);
      case "kubernetes/objects.json" -> objects(name, content, intake, json, limits);
      default -> {}
    }
  }

  private static void lines(
      String name,
      InputStream content,
      LineParser parser,
      Intake intake,
      Json json,
      ImportLimits limits)
      throws IOException {
    var lines = new Lines(content, name, limits.maxLineBytes());
    while (lines.next()) {
      if (!lines.isBlank()) {
        var place = new Place(name, lines.number());
        if (parsed(lines, parser, json)) {
          parser.commit(place);
        } else {
          parser.discard();
          intake.reject(place, RejectionReason.BROKEN_LINE);
        }
      }
    }
  }

  private static boolean parsed(Lines lines, LineParser parser, Json json) {
    try (JsonParser tokens = json.parser(lines.buffer(), lines.start(), lines.length())) {
      if (tokens.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.parse(tokens);
      return tokens.nextToken() == null;
    } catch (JacksonException | ShapeException e) {
      return false;
    }
  }

  private static void objects(
      String name, InputStream content, Intake intake, Json json, ImportLimits limits)
      throws IOException {
    byte[] bytes = Documents.bytes(content, name, limits.maxDocumentBytes());
    try (JsonParser parser = json.parser(bytes, 0, bytes.length)) {
      while (parser.nextToken() != null) {
        var tree = Json.treeMap(parser);
        var place = new Place(name, parser.currentLocation().getLineNr());
        for (KubernetesObject object : Kubernetes.objects(tree)) {
          intake.object(object, place);
        }
      }
    } catch (JacksonException e) {
      var at = e.getLocation();
      long line = at == null ? 0 : at.getLineNr();
      throw new BundleException(
          Reason.DOCUMENT_BROKEN,
          name,
          line,
          "cannot read " + name + " at line " + line + ": " + e.getOriginalMessage(),
          e);
    } catch (ShapeException e) {
      throw new BundleException(
          Reason.DOCUMENT_BROKEN,
          name,
          "cannot read " + name + ": " + e.getMessage() + "; wanted a List of API objects",
          e);
    }
  }
}
