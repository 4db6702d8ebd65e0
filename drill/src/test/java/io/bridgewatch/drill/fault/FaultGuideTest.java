package io.bridgewatch.drill.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages of the reference say what the library has; {@code -Dgolden.update=true} writes them.
 */
class FaultGuideTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference");

  @Test
  void thereIsAPageForEachTroubleAndForNothingElse() {
    assertThat(FaultLibrary.all())
        .allSatisfy(
            kind -> {
              var page = FaultGuide.of(kind);
              assertThat(page.isPresent()).as(kind.id()).isEqualTo(!kind.isHarmless());
              page.ifPresent(
                  one -> {
                    assertThat(one.shows()).as(kind.id()).isNotEmpty();
                    assertThat(one.cure()).as(kind.id()).matches("[\\x20-\\x7e]{5,}");
                    assertThat(one.chineseCure()).as(kind.id()).matches(".*\\p{IsHan}{2,}.*");
                  });
            });
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theReferenceSaysWhatTheLibraryHas(boolean isChinese) throws IOException {
    Path file = REFERENCE.resolve(isChinese ? "faults.zh.md" : "faults.md");
    String wanted = isChinese ? chinese() : english();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as("%s; write it anew with -Dgolden.update=true", file)
        .isEqualTo(wanted);
  }

  private static String english() {
    var text = new StringBuilder();
    text.append(
        """
        # Faults of the drill

        What `./bw drill run` and the demo can break in the simulated bank: %d kinds of trouble, and %d changes that only look like one. A fault changes a cause; all that shows follows from the simulation. Written by `FaultGuideTest`; build with `-Dgolden.update=true` to renew it.

        | kind | layer | what is broken | how it shows | how it is cured |
        |---|---|---|---|---|
        """
            .formatted(troubles().size(), harmless().size()));
    for (FaultKind kind : troubles()) {
      var page = FaultGuide.of(kind).orElseThrow();
      text.append(
          row(
              kind,
              kind.layer().map(Layer::id).orElseThrow(),
              kind.english(),
              page.shows().stream().map(Symptom::english).collect(Collectors.joining("; ")),
              page.cure()));
    }
    text.append("\n## Harmless\n\n| kind | what changes |\n|---|---|\n");
    harmless().forEach(kind -> text.append("| `%s` | %s |\n".formatted(kind.id(), kind.english())));
    return text.toString();
  }

  private static String chinese() {
    var text = new StringBuilder();
    text.append(
        """
        # 演练故障表

        `./bw drill run` 与演示环境可在模拟银行中注入的 %d 种故障，以及 %d 种看似故障的正常变化。故障只改变原因，所见现象均由仿真产生。本页由 `FaultGuideTest` 生成；以 `-Dgolden.update=true` 构建即可更新。

        | 种类 | 层 | 故障内容 | 现象 | 恢复方法 |
        |---|---|---|---|---|
        """
            .formatted(troubles().size(), harmless().size()));
    for (FaultKind kind : troubles()) {
      var page = FaultGuide.of(kind).orElseThrow();
      text.append(
          row(
              kind,
              chinese(kind.layer().orElseThrow()),
              kind.chinese(),
              page.shows().stream().map(Symptom::chinese).collect(Collectors.joining("；")),
              page.chineseCure()));
    }
    text.append("\n## 正常变化\n\n| 种类 | 变化内容 |\n|---|---|\n");
    harmless().forEach(kind -> text.append("| `%s` | %s |\n".formatted(kind.id(), kind.chinese())));
    return text.toString();
  }

  private static String row(FaultKind kind, String layer, String what, String shows, String cure) {
    return "| `%s` | %s | %s | %s | %s |\n".formatted(kind.id(), layer, what, shows, cure);
  }

  private static List<FaultKind> troubles() {
    return FaultLibrary.all().stream().filter(kind -> !kind.isHarmless()).toList();
  }

  private static List<FaultKind> harmless() {
    return FaultLibrary.all().stream().filter(FaultKind::isHarmless).toList();
  }

  private static String chinese(Layer layer) {
    return switch (layer) {
      case BUSINESS -> "业务";
      case WORKLOAD -> "工作负载";
      case CONTAINER -> "容器";
      case NETWORK -> "网络";
      case NODE -> "节点";
      case HARDWARE -> "硬件";
    };
  }
}
