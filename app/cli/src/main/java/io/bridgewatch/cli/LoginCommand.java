package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Begins a session with a hub and keeps it for the runs that follow. */
@Command(name = "login")
final class LoginCommand implements Callable<Integer> {

  private static final String USUAL_USER = "admin";

  private final Console console;
  private final Hubs hubs;

  @Option(names = "--server", paramLabel = "URL", descriptionKey = "hub.server")
  private Optional<String> server = Optional.empty();

  @Option(names = "--user", paramLabel = "NAME", descriptionKey = "login.user")
  private Optional<String> user = Optional.empty();

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "hub.lang")
  private Optional<String> lang = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  LoginCommand(Console console, Hubs hubs) {
    this.console = console;
    this.hubs = hubs;
  }

  @Override
  public Integer call() {
    try {
      var address = hubs.address(server);
      if (address.isOpenToOthers()) {
        console.tell(
            "the password goes to " + address + " in plain text; https would hide it",
            "密码将以明文发送到 " + address + "；建议使用 https");
      }
      String name = user.or(() -> hubs.variable("BW_USER")).orElseGet(this::askedName);
      String password = password(name);
      try (var hub = new HubClient(address, console.language())) {
        hubs.sessions().write(hub.login(name, password));
      }
      console.tell("logged in to " + address + " as " + name, "已以 " + name + " 登录 " + address);
      return Main.DONE;
    } catch (HubException e) {
      console.tell(e.english(), e.chinese());
    } catch (IOException e) {
      console.tell(
          "cannot keep the session in " + hubs.sessions().path() + ": " + e.getMessage(),
          "无法将会话保存到 " + hubs.sessions().path() + "：" + e.getMessage());
    }
    return Main.FAILED;
  }

  private String askedName() {
    var terminal = System.console();
    String typed =
        terminal == null
            ? ""
            : terminal.readLine(
                "%s", console.language() == Language.ZH ? "用户名 [admin]：" : "User [admin]: ");
    return typed == null || typed.isBlank() ? USUAL_USER : typed.strip();
  }

  private String password(String name) throws HubException {
    var given = hubs.variable("BW_PASSWORD");
    if (given.isPresent()) {
      return given.get();
    }
    var terminal = System.console();
    char[] typed =
        terminal == null || !terminal.isTerminal()
            ? null
            : terminal.readPassword(
                "%s",
                console.language() == Language.ZH ? name + " 的密码：" : "Password of " + name + ": ");
    if (typed == null) {
      throw new HubException(
          "there is no terminal to ask for the password of " + name + "; set BW_PASSWORD",
          "没有终端可以输入 " + name + " 的密码；请设置 BW_PASSWORD");
    }
    return new String(typed);
  }
}
