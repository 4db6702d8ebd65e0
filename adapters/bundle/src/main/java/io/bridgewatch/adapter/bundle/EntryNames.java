package io.bridgewatch.adapter.bundle;

import io.bridgewatch.adapter.bundle.BundleException.Reason;
import java.util.HashSet;
import java.util.Set;

/** Looks at the names of an archive's entries while they pass, before any is used. */
final class EntryNames {

  private final String archive;
  private final int maxEntries;
  private final Set<String> seen = new HashSet<>();
  private int count;

  EntryNames(String archive, int maxEntries) {
    this.archive = archive;
    this.maxEntries = maxEntries;
  }

  /**
   * The name in its plain form: no leading {@code ./}.
   *
   * @param regular whether the entry is a file or a folder, not a link or a device
   */
  String check(String name, boolean regular, boolean folder) throws BundleException {
    if (++count > maxEntries) {
      throw new BundleException(
          Reason.LIMIT_EXCEEDED,
          archive,
          "cannot read "
              + archive
              + ": it has more than "
              + maxEntries
              + " entries; pack only the files of one bundle");
    }
    if (!regular || isUnsafe(name)) {
      throw new BundleException(
          Reason.UNSAFE_ENTRY,
          shown(name),
          "cannot read "
              + archive
              + ": its entry "
              + shown(name)
              + (regular ? " leads outside the archive" : " is a link or a device")
              + "; pack plain files with relative names");
    }
    String plain = name;
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    if (!folder && !seen.add(plain)) {
      throw new BundleException(
          Reason.DUPLICATE_ENTRY,
          shown(plain),
          "cannot read " + archive + ": it holds " + shown(plain) + " twice; pack each file once");
    }
    return plain;
  }

  private static boolean isUnsafe(String name) {
    if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0) {
      return true;
    }
    if (name.length() > 1 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0))) {
      return true;
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ') {
        return true;
      }
    }
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  private static String shown(String name) {
    String visible = name.replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= 120 ? visible : visible.substring(0, 120) + "…";
  }

  /** The folder that a manifest lies in, with its closing slash; empty for the archive's root. */
  static String folderOf(String manifestName) {
    return manifestName.substring(0, manifestName.length() - Manifest.FILE.length());
  }

  /** Whether it is a manifest at the root or one folder below. */
  static boolean isManifest(String name) {
    return name.equals(Manifest.FILE)
        || (name.endsWith("/" + Manifest.FILE) && name.indexOf('/') == name.lastIndexOf('/'));
  }
}
