package io.bridgewatch.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.ports.BundleArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link BundleArchive} does. */
public abstract class BundleArchiveContractTest {

  /** An empty archive that may use this directory. */
  protected abstract BundleArchive archive(Path directory) throws IOException;

  private static Path file(Path directory, String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  @Test
  void takesAFileOverAndFindsItByItsDigest(@TempDir Path directory) throws IOException {
    var archive = archive(directory);
    var file = file(directory, "upload", "abc");
    var kept = archive.keep(file, "case.tar.gz");
    assertThat(kept.digest())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(kept.isNew()).isTrue();
    assertThat(kept.sizeBytes()).isEqualTo(3);
    assertThat(file).doesNotExist();
    assertThat(kept.path()).hasContent("abc");
    assertThat(kept.path().getFileName().toString()).endsWith(".tar.gz");
    assertThat(archive.find(kept.digest())).contains(kept.path());
    assertThat(archive.digests()).containsExactly(kept.digest());
  }

  @Test
  void keepsTheSameBytesOnce(@TempDir Path directory) throws IOException {
    var archive = archive(directory);
    var first = archive.keep(file(directory, "upload1", "abc"), "a.zip");
    var again = file(directory, "upload2", "abc");
    var second = archive.keep(again, "b.zip");
    assertThat(second.isNew()).isFalse();
    assertThat(second.path()).isEqualTo(first.path());
    assertThat(again).doesNotExist();
    assertThat(archive.digests()).hasSize(1);
  }

  @Test
  void removesForGood(@TempDir Path directory) throws IOException {
    var archive = archive(directory);
    var kept = archive.keep(file(directory, "upload", "abc"), "a.zip");
    archive.remove(kept.digest());
    archive.remove(kept.digest());
    assertThat(archive.find(kept.digest())).isEmpty();
    assertThat(archive.digests()).isEmpty();
  }

  @Test
  void aNameNeverLeadsOutOfTheArchive(@TempDir Path directory) throws IOException {
    var archive = archive(directory);
    var kept = archive.keep(file(directory, "upload", "abc"), "../../etc/passwd.zip/..");
    assertThat(kept.path().normalize()).startsWith(directory.normalize());
    assertThat(archive.find("../" + kept.digest())).isEmpty();
  }
}
