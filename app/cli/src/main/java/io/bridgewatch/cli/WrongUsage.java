package io.bridgewatch.cli;

import io.bridgewatch.adapter.report.Language;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words of ours. */
final class WrongUsage {

  private WrongUsage() {}

  /** Empty where no command was named at all. */
  static String text(ParameterException e, Language language) {
    boolean chinese = language == Language.ZH;
    return switch (e) {
      case UnmatchedArgumentException unmatched -> {
        String names = String.join(" ", unmatched.getUnmatched());
        yield chinese ? "不认识 " + names : "does not know " + names;
      }
      case MissingParameterException missing -> {
        var names = missing.getMissing().stream().map(WrongUsage::name).toList();
        String listed = String.join(", ", names);
        yield chinese ? "缺少 " + listed + " 的值" : "misses the value of " + listed;
      }
      case OverwrittenOptionException twice -> {
        String name = twice.getOverwritten() == null ? "" : name(twice.getOverwritten());
        yield chinese ? name + " 只能出现一次" : name + " may stand only once";
      }
      default -> e.getMessage() == null ? "" : e.getMessage();
    };
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }
}
