package io.bridgewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScaleEvaluateTest {

  @TempDir Path folder;

  private void write(String name, int minutes) throws IOException {
    try (var out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(folder.resolve(name + ".csv.gz"))),
            StandardCharsets.UTF_8)) {
      out.write("minute,requests\n");
      for (int minute = 0; minute < minutes; minute++) {
        int rush = minute % 60 < 6 ? 900 : 300 + minute * 7919 % 90;
        out.write(minute + "," + rush + "\n");
      }
    }
  }

  @Test
  void eachLoadIsJudgedAndAllOfItIsWritten() throws IOException {
    write("shop", 1500);
    write("bank", 1500);
    Path json = folder.resolve("out.json");
    var run =
        Runs.run("C", "scale", "evaluate", "--load", folder.toString(), "--json", json.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .containsSubsequence(
            "== bank", "perfect forecast", "usual", "cpu 80%", "learned", "== shop")
        .contains("learned against cpu 50%, down 300s:", "of 2 loads");
    assertThat(run.err()).contains("[1/2] bank judged", "[2/2] shop judged");
    JsonNode tree = JsonMapper.builder().build().readTree(Files.readAllBytes(json));
    assertThat(tree.path("loads").size()).isEqualTo(2);
    assertThat(tree.path("startSeconds").asInt()).isEqualTo(60);
    assertThat(tree.at("/loads/0/duels/0/usual").asString()).isEqualTo("cpu 50%, down 300s");
    assertThat(tree.at("/summary/loads").asInt()).isEqualTo(2);
  }

  @Test
  void aBadLoadIsNamedAndTheOthersAreJudged() throws IOException {
    write("good", 1500);
    Files.writeString(folder.resolve("bad.csv"), "minute,requests\n0,1\n1,many\n");
    var run = Runs.run("C", "scale", "evaluate", "--lang=zh", "--load=" + folder, "--start=2m");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("无法评估", "bad.csv", "line 3");
    assertThat(run.out()).contains("== good", "完美预测", "学到的策略");
  }

  @Test
  void whatCannotBeFollowedSaysWhatIsWanted() {
    var nowhere = Runs.run("C", "scale", "evaluate", "--load", folder.resolve("x").toString());
    assertThat(nowhere.code()).isEqualTo(1);
    assertThat(nowhere.err()).contains("there is no such file or folder");
    var empty = Runs.run("C", "scale", "evaluate", "--load", folder.toString());
    assertThat(empty.code()).isEqualTo(1);
    assertThat(empty.err()).contains("no file there ends with .csv or .csv.gz");
    var wrong = Runs.run("C", "scale", "evaluate", "--load=" + folder, "--start=soon");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--start wants a time such as 60s or 2m, saw soon");
  }
}
