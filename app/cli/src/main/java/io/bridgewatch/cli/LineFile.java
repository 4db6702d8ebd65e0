package io.bridgewatch.cli;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file of lines that holds whole lines only, also when the process is told to end: closing waits
 * for the line being written, and no line begins after that.
 */
final class LineFile implements AutoCloseable {

  private final ReentrantLock writing = new ReentrantLock();
  private final OutputStream out;
  private boolean closed;

  private LineFile(OutputStream out) {
    this.out = out;
  }

  /** A new file; one of that name is emptied. */
  static LineFile create(Path file) throws IOException {
    return new LineFile(new FileOutputStream(file.toFile()));
  }

  /**
   * @return whether the line stands in the file; not, if it was closed before
   */
  boolean append(String line) throws IOException {
    writing.lock();
    try {
      if (closed) {
        return false;
      }
      out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      return true;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      closed = true;
      out.close();
    } finally {
      writing.unlock();
    }
  }
}
