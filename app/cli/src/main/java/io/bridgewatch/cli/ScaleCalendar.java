package io.bridgewatch.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Prints the calendar of the business, or gives a hub another. */
@Command(name = "calendar")
final class ScaleCalendar implements Callable<Integer> {

  private static final String PATH = "/api/v1/scaling/calendar";

  private final Console console;
  private final Hubs hubs;

  @ArgGroup private @Nullable Change change;

  @Mixin private final HubConnection to = new HubConnection();

  ScaleCalendar(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  /** One of them at most. */
  static final class Change {
    @Option(names = "--set", paramLabel = "FILE", descriptionKey = "calendar.set")
    private Optional<Path> set = Optional.empty();

    @Option(names = "--reset", descriptionKey = "calendar.reset")
    private boolean reset;
  }

  @Override
  public Integer call() {
    Optional<String> wanted;
    try {
      wanted = wanted();
    } catch (NoSuchFileException e) {
      console.tell(
          "cannot read %s: there is no such file".formatted(e.getFile()),
          "无法读取 %s：文件不存在".formatted(e.getFile()));
      return Main.FAILED;
    } catch (IOException e) {
      console.tell("cannot read the calendar: " + e.getMessage(), "无法读取日历：" + e.getMessage());
      return Main.FAILED;
    }
    boolean resets = change != null && change.reset;
    try {
      JsonNode calendar =
          hubs.asUser(
              hubs.address(to.server),
              console.language(),
              hub -> {
                if (resets) {
                  return hub.delete(PATH);
                }
                return wanted.isPresent() ? hub.put(PATH, wanted.get()) : hub.get(PATH);
              });
      console.out().println(calendar.toPrettyString());
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
      return Main.FAILED;
    }
  }

  private Optional<String> wanted() throws IOException {
    Optional<Path> file = change == null ? Optional.empty() : change.set;
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.readString(file.get(), StandardCharsets.UTF_8));
  }
}
