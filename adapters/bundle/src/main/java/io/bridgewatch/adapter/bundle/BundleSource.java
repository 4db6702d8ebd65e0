package io.bridgewatch.adapter.bundle;

import java.io.IOException;
import java.io.InputStream;

/** Where the files of a bundle lie. Nothing is written anywhere. */
sealed interface BundleSource permits Folder, ZipArchive, TarArchive {

  /** Takes the files of a bundle, one after the other. */
  interface Visitor {
    /**
     * @param name inside the bundle, with {@code /}, such as {@code kubernetes/objects.json.gz}
     * @param content still compressed where the name ends with {@code .gz}; not to be closed
     */
    void file(String name, InputStream content) throws IOException;
  }

  /** What the bundle is called if it does not say so itself. */
  String name();

  /** Size in bytes as stored. */
  long packedBytes() throws IOException;

  /**
   * The bundle.json, and the folder of the archive that it lies in.
   *
   * @param folder with its closing slash; empty for the root
   */
  record Located(String folder, byte[] bytes) {}

  /**
   * Finds bundle.json and reads at most {@code limit} bytes of it.
   *
   * @throws BundleException if there is none, or the archive is not to be trusted
   */
  Located manifest(int limit, Budget budget) throws IOException;

  /** Shows every file of a bundle that lies in that folder, in any order. */
  void files(String folder, Budget budget, Visitor visitor) throws IOException;
}
