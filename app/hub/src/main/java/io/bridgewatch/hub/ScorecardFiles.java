package io.bridgewatch.hub;

import io.bridgewatch.ports.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Keeps scorecards, one file each, named by a digest of what it holds. */
@Component
final class ScorecardFiles {

  /** More than a few years of daily runs on one page would help nobody. */
  static final int MOST = 1_000;

  private static final String ENDING = ".json";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  private final Path folder;

  ScorecardFiles(HubOptions options) {
    this.folder = options.dataDir().resolve("scorecards");
  }

  /**
   * @param text a JSON document
   */
  record Kept(String id, String text) {}

  /**
   * Keeps a scorecard; the same one twice is one.
   *
   * @return its id; empty if there are {@value #MOST} already
   * @throws StoreException if it cannot be written
   */
  synchronized Optional<String> keep(String text) {
    String id = id(text);
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(id + ENDING);
      if (!Files.exists(file)) {
        if (ids().size() >= MOST) {
          return Optional.empty();
        }
        Path beside = folder.resolve(id + ".new");
        Files.writeString(beside, text);
        Files.move(
            beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      }
      return Optional.of(id);
    } catch (IOException e) {
      throw new StoreException("cannot keep a scorecard in " + folder + ": " + e.getMessage(), e);
    }
  }

  synchronized List<Kept> all() {
    try {
      var all = new ArrayList<Kept>();
      for (String id : ids()) {
        find(id).ifPresent(text -> all.add(new Kept(id, text)));
      }
      return all;
    } catch (IOException e) {
      throw new StoreException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }

  synchronized Optional<String> find(String id) {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(folder.resolve(id + ENDING)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("cannot read scorecard " + id + ": " + e.getMessage(), e);
    }
  }

  /** Whether there was one. */
  synchronized boolean remove(String id) {
    try {
      return ID.matcher(id).matches() && Files.deleteIfExists(folder.resolve(id + ENDING));
    } catch (IOException e) {
      throw new StoreException("cannot remove scorecard " + id + ": " + e.getMessage(), e);
    }
  }

  private List<String> ids() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .filter(ID.asMatchPredicate())
          .sorted()
          .toList();
    }
  }

  private static String id(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
          .substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
