package io.bridgewatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What has to do with scaling. */
@Command(
    name = "scale",
    subcommands = {
      ScaleCommand.Conform.class,
      ScaleEvaluate.class,
      ScaleBacktest.class,
      ScaleReadiness.class,
      ScaleLearn.class,
      ScalePlan.class,
      ScaleConfirm.class,
      ScaleShadow.class,
      ScaleVerdicts.class,
      ScaleReport.class,
      ScaleCalendar.class
    })
final class ScaleCommand implements Runnable {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      descriptionKey = "help")
  private boolean help;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs anything
  ScaleCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "");
  }

  /** Holds the autoscaler's arithmetic against cases, one to a line. */
  @Command(name = "conform")
  static final class Conform implements Callable<Integer> {

    private static final JsonMapper JSON =
        JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Console console;

    @Parameters(arity = "1", paramLabel = "FILE.jsonl", descriptionKey = "conform.file")
    private Optional<Path> file = Optional.empty();

    @Mixin private final LocalOptions local = new LocalOptions();

    Conform(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() {
      Path path = file.orElseThrow();
      int cases = 0;
      int failed = 0;
      try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          number++;
          if (!line.isBlank()) {
            cases++;
            failed += holds(line, number) ? 0 : 1;
          }
        }
      } catch (NoSuchFileException e) {
        console.tell(
            "cannot read %s: there is no such file".formatted(path),
            "无法读取 %s：文件不存在".formatted(path));
        return Main.FAILED;
      } catch (IOException e) {
        console.tell(
            "cannot read %s: %s".formatted(path, e.getMessage()),
            "无法读取 %s：%s".formatted(path, e.getMessage()));
        return Main.FAILED;
      }
      console.out().println(summary(cases, failed));
      return failed == 0 && cases > 0 ? Main.DONE : Main.FAILED;
    }

    private boolean holds(String line, int number) {
      String name = "line " + number;
      List<String> differences;
      try {
        var one =
            new ConformCase(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
        name = "line %d, %s".formatted(number, one.name());
        differences = one.differences();
      } catch (JacksonException e) {
        differences = List.of("cannot be read as JSON: " + e.getOriginalMessage());
      } catch (IllegalArgumentException e) {
        differences = List.of("cannot be read: " + e.getMessage());
      }
      for (String difference : differences) {
        console.out().println(name + ": " + difference);
      }
      return differences.isEmpty();
    }

    private String summary(int cases, int failed) {
      return switch (console.language()) {
        case EN ->
            cases == 0 ? "no cases" : "%d of %d cases as expected".formatted(cases - failed, cases);
        case ZH -> cases == 0 ? "没有用例" : "%d 个用例中 %d 个符合预期".formatted(cases, cases - failed);
      };
    }
  }
}
