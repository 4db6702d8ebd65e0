package io.bridgewatch.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the session that was kept. */
@Command(name = "logout")
final class LogoutCommand implements Callable<Integer> {

  private final Console console;
  private final Hubs hubs;

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "hub.lang")
  private Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  LogoutCommand(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    var kept = hubs.sessions().read();
    if (kept.isEmpty()) {
      console.tell("nobody is logged in", "当前没有登录");
      return Main.DONE;
    }
    int code = Main.DONE;
    try (var hub = new HubClient(kept.get().server(), console.language())) {
      hub.resume(kept.get());
      hub.logout();
    } catch (HubException e) { // forgotten here all the same; it ends there by itself
      console.tell(e.english(), e.chinese());
      code = Main.FAILED;
    }
    try {
      hubs.sessions().remove();
    } catch (IOException e) {
      console.tell(
          "cannot remove " + hubs.sessions().path() + ": " + e.getMessage(),
          "无法删除 " + hubs.sessions().path() + "：" + e.getMessage());
      return Main.FAILED;
    }
    console.tell("logged out of " + kept.get().server(), "已退出 " + kept.get().server());
    return code;
  }
}
