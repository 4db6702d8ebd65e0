package io.bridgewatch.adapter.bundle;

import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that could not be imported. Nothing of it was kept.
 *
 * <p>It is an {@link IOException} so that it passes through streams unchanged.
 */
public final class BundleException extends IOException {

  private static final long serialVersionUID = 1;

  /** Why a bundle was refused. */
  public enum Reason {
    /** The path leads to nothing that can be opened. */
    NOT_READABLE("NotReadable"),
    /** Neither a folder nor a .zip, .tar.gz or .tgz. */
    UNKNOWN_CONTAINER("UnknownContainer"),
    /** The archive ends early or contradicts itself. */
    DAMAGED_ARCHIVE("DamagedArchive"),
    /** An absolute name, a name with {@code ..}, a link or a device in an archive. */
    UNSAFE_ENTRY("UnsafeEntry"),
    /** An archive has two entries of one name. */
    DUPLICATE_ENTRY("DuplicateEntry"),
    /** No bundle.json. */
    MANIFEST_MISSING("ManifestMissing"),
    /** The bundle.json cannot be read or lacks what it must have. */
    MANIFEST_INVALID("ManifestInvalid"),
    /** A format or version this release does not know. */
    UNSUPPORTED_FORMAT("UnsupportedFormat"),
    /** The window is reversed or longer than allowed. */
    WINDOW_INVALID("WindowInvalid"),
    /** A document that has to be read whole is broken. */
    DOCUMENT_BROKEN("DocumentBroken"),
    /** More than {@link ImportLimits} allow. */
    LIMIT_EXCEEDED("LimitExceeded");

    private final String id;

    Reason(String id) {
      this.id = id;
    }

    /** The word that the API and documents use. */
    public String id() {
      return id;
    }
  }

  private final Reason reason;
  private final String file;
  private final long line;

  BundleException(Reason reason, String file, String message) {
    this(reason, file, 0, message, null);
  }

  BundleException(Reason reason, String file, String message, @Nullable Throwable cause) {
    this(reason, file, 0, message, cause);
  }

  BundleException(
      Reason reason, String file, long line, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.file = file;
    this.line = line;
  }

  public Reason reason() {
    return reason;
  }

  /** The file inside the bundle, or the bundle itself. */
  public String file() {
    return file;
  }

  /** The line in that file, counted from 1; empty where no line is to blame. */
  public OptionalLong line() {
    return line > 0 ? OptionalLong.of(line) : OptionalLong.empty();
  }
}
