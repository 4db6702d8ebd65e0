package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes one file of a bundle: lines of JSON, one value each. */
final class JsonLines {

  /** Writes what a file holds. */
  interface Content {
    /** Writes every value and ends its line. */
    void write(JsonLines lines) throws IOException;
  }

  /** A line that may be split is, once it has this many bytes. */
  static final int FULL_LINE_BYTES = 1 << 20;

  private final String file;
  private final int maxLineBytes;
  private final CountedOutput out;
  private final JsonGenerator json;
  private long lineStart;

  private JsonLines(String file, int maxLineBytes, CountedOutput out, JsonGenerator json) {
    this.file = file;
    this.maxLineBytes = maxLineBytes;
    this.out = out;
    this.json = json;
  }

  /**
   * Writes a file to a stream, which stays open.
   *
   * @param maxLineBytes longest line
   * @return bytes written
   * @throws BundleException if a line is longer or nests deeper than the reader takes
   * @throws IOException if the stream takes no more
   */
  static long write(
      String file, int maxLineBytes, int maxDepth, OutputStream target, Content content)
      throws IOException {
    var out = new CountedOutput(target);
    try (JsonGenerator json = generator(maxDepth, out)) {
      content.write(new JsonLines(file, maxLineBytes, out, json));
    } catch (JacksonIOException e) {
      throw e.getCause();
    } catch (StreamConstraintsException e) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          file,
          "cannot write "
              + file
              + ": a value nests deeper than the "
              + maxDepth
              + " levels that can be read back; leave that object out",
          e);
    }
    return out.bytes();
  }

  private static JsonGenerator generator(int maxDepth, OutputStream out) {
    var factory =
        JsonFactory.builder()
            .rootValueSeparator("")
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(maxDepth).build())
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            // half a surrogate pair is no UTF-8, yet can be escaped and read back
            .disable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();
    return factory.createGenerator(ObjectWriteContext.empty(), out);
  }

  JsonGenerator json() {
    return json;
  }

  /** Whether the line is so long that the next record should begin another. */
  boolean isFull() {
    return lineBytes() >= FULL_LINE_BYTES;
  }

  void endLine() throws BundleException {
    if (lineBytes() > maxLineBytes) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          file,
          "cannot write "
              + file
              + ": one record has "
              + lineBytes()
              + " bytes, more than the "
              + maxLineBytes
              + " that can be read back; leave that record out");
    }
    json.writeRaw('\n');
    lineStart = written();
  }

  private long lineBytes() {
    return written() - lineStart;
  }

  private long written() {
    return out.bytes() + json.streamWriteOutputBuffered();
  }
}
