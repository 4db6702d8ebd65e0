package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of Bridgewatch. Exit codes: 0 done, 1 input or output failed, 2 wrong usage. */
@Command(
    name = "bw",
    subcommands = {
      DiagnoseCommand.class,
      GetCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      ScaleCommand.class
    })
public final class Main implements Runnable {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      descriptionKey = "version")
  private boolean version;

  @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "diagnose.lang")
  private Optional<String> lang = Optional.empty();

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs anything
  private Main() {}

  /** Runs one command and ends this process with its exit code. */
  public static void main(String[] args) {
    var out = stream(FileDescriptor.out);
    var err = stream(FileDescriptor.err);
    int code = run(args, out, err, System.getenv(), ZoneId.systemDefault(), InstantSource.system());
    out.flush();
    err.flush();
    System.exit(code);
  }

  /**
   * Runs one command.
   *
   * @param environment names the locale, the hub and who to be there
   * @return the exit code
   */
  static int run(
      String[] args,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      ZoneId zone,
      InstantSource clock) {
    Language language = language(args, environment);
    var console = new Console(out, err, language, zone);
    var hubs = new Hubs(environment);
    var commands = new CommandLine(new Main(), factory(console, hubs, clock));
    commands.setResourceBundle(
        ResourceBundle.getBundle(
            "io.bridgewatch.cli.Messages",
            language == Language.ZH ? Locale.CHINESE : Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
    commands.setOut(writer(out)).setErr(writer(err));
    commands.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    commands.getCommandSpec().version("bridgewatch " + version());
    commands.setUsageHelpWidth(100).setAdjustLineBreaksForWideCJKCharacters(true);
    commands.setParameterExceptionHandler((e, input) -> wrongUsage(e, console));
    return commands.execute(args);
  }

  private static CommandLine.IFactory factory(Console console, Hubs hubs, InstantSource clock) {
    Map<Class<?>, Supplier<Object>> commands =
        Map.ofEntries(
            Map.entry(DiagnoseCommand.class, () -> new DiagnoseCommand(console)),
            Map.entry(GetCommand.class, () -> new GetCommand(console, hubs, clock)),
            Map.entry(LoginCommand.class, () -> new LoginCommand(console, hubs)),
            Map.entry(LogoutCommand.class, () -> new LogoutCommand(console, hubs)),
            Map.entry(ScaleCommand.Conform.class, () -> new ScaleCommand.Conform(console)),
            Map.entry(ScaleEvaluate.class, () -> new ScaleEvaluate(console)),
            Map.entry(ScaleBacktest.class, () -> new ScaleBacktest(console)),
            Map.entry(ScaleReadiness.class, () -> new ScaleReadiness(console, hubs)),
            Map.entry(ScaleLearn.class, () -> new ScaleLearn(console, hubs)),
            Map.entry(ScalePlan.class, () -> new ScalePlan(console, hubs)),
            Map.entry(ScaleConfirm.class, () -> new ScaleConfirm(console, hubs)),
            Map.entry(ScaleShadow.class, () -> new ScaleShadow(console, hubs)),
            Map.entry(ScaleVerdicts.class, () -> new ScaleVerdicts(console, hubs)),
            Map.entry(ScaleCalendar.class, () -> new ScaleCalendar(console, hubs)),
            Map.entry(ScaleReport.class, () -> new ScaleReport(console, hubs)));
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        var own = commands.get(type);
        return own == null ? CommandLine.defaultFactory().create(type) : type.cast(own.get());
      }
    };
  }

  /** No command was named. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "");
  }

  private static int wrongUsage(ParameterException e, Console console) {
    CommandLine command = e.getCommandLine();
    String text = WrongUsage.text(e, console.language());
    if (text.isEmpty()) {
      command.usage(command.getErr());
    } else {
      String help = command.getCommandSpec().qualifiedName() + " --help";
      console.tell(text + "; see " + help, text + "；参见 " + help);
    }
    return WRONG_USAGE;
  }

  /** The language that the arguments name, else that of the locale, else English. */
  static Language language(String[] args, Map<String, String> environment) {
    Stream<String> named = Stream.empty();
    for (int i = 0; i < args.length; i++) {
      if (args[i].startsWith("--lang=")) {
        named = Stream.of(args[i].substring("--lang=".length()));
      } else if (args[i].equals("--lang") && i + 1 < args.length) {
        named = Stream.of(args[i + 1]);
      }
    }
    Optional<Language> wanted = named.map(Language::of).flatMap(Optional::stream).findFirst();
    return wanted.orElseGet(
        () ->
            Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .flatMap(Language::of)
                .orElse(Language.EN));
  }

  static List<String> languageTags() {
    return Stream.of(Language.values()).map(Language::tag).toList();
  }

  private static String version() {
    var properties = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Main.class.getResourceAsStream("version.properties"))) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read version.properties", e);
    }
    return properties.getProperty("version", "unknown")
        + " (Java "
        + Runtime.version().feature()
        + ")";
  }

  /** Everything is written in UTF-8, whatever the locale: a POSIX locale would turn 中 into ?. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
