package io.bridgewatch.cli;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Keeps who is logged in between two runs, in a file that only its owner may read: {@code
 * $XDG_CONFIG_HOME/bridgewatch/session}, or below {@code ~/.config}.
 */
final class SessionFile {

  private final Path file;

  SessionFile(Path file) {
    this.file = file;
  }

  static SessionFile of(Map<String, String> environment) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path base =
        config.isBlank()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")))
                .resolve(".config")
            : Path.of(config);
    return new SessionFile(base.resolve("bridgewatch").resolve("session"));
  }

  /**
   * Someone who is logged in.
   *
   * @param cookie name and value of the session's cookie
   * @param csrf goes with every call that changes something
   */
  record Session(HubAddress server, String user, String cookie, String csrf) {
    @Override
    public String toString() {
      return user + " at " + server;
    }
  }

  /** Empty if nobody is logged in, or the file is none of ours. */
  Optional<Session> read() {
    var kept = new Properties();
    try {
      kept.load(new StringReader(Files.readString(file)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
    String cookie = kept.getProperty("cookie", "");
    return cookie.isEmpty()
        ? Optional.empty()
        : HubAddress.of(kept.getProperty("server", ""))
            .map(
                server ->
                    new Session(
                        server,
                        kept.getProperty("user", ""),
                        cookie,
                        kept.getProperty("csrf", "")));
  }

  /** Replaces what was kept; written beside it first, so that no half of it is ever read. */
  void write(Session session) throws IOException {
    var kept = new Properties();
    kept.setProperty("server", session.server().text());
    kept.setProperty("user", session.user());
    kept.setProperty("cookie", session.cookie());
    kept.setProperty("csrf", session.csrf());
    var text = new StringWriter();
    kept.store(text, null);
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, only("rwx------"));
    Path beside = Files.createTempFile(folder, "session", ".new", only("rw-------"));
    try {
      Files.writeString(beside, text.toString());
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }

  Path path() {
    return file;
  }

  private FileAttribute<?>[] only(String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
