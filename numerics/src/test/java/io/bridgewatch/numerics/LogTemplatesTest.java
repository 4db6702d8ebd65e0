package io.bridgewatch.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogTemplatesTest {

  private final LogTemplates templates = new LogTemplates(0.7, 100);

  @ParameterizedTest
  @CsvSource({
    "order 17 paid, order 4711 paid",
    "took 1.25s for /items/9, took 340ms for /items/1",
    "user 3f2b9c1e-77aa-4c1e-9c3e-0123456789ab left, user 00000000-77aa-4c1e-9c3e-ffffffffffff left",
    "connect to 10.0.0.7:5432 refused, connect to 192.168.3.99:80 refused",
    "session deadbeef01 expired, session 0badf00d77 expired",
    "'state = {a=1, b=2}', 'state = {a=9, b=44}'",
    "generating core.2275, generating core.862",
    "wrote /tmp/part-00590, wrote /tmp/part-17",
    "up since Jun 9 06:06:51, up since Sun Jul 17 23:21:54",
    "'deleted blk_17', 'deleted blk_18 blk_19 blk_20'",
    "interrupt by icbi.........0, interrupt by icbi.........1",
  })
  void linesThatDifferInVariablePartsAreOneStatement(String one, String other) {
    assertThat(templates.learn(one)).isEqualTo(templates.learn(other));
    assertThat(templates.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "payment accepted for order 5, payment refused by bank today",
    "cache miss, cache miss again",
    "at Orders.java:41 failed, at Orders.java:97 failed",
    "May I come in, Jul I come in",
  })
  void linesOfTwoStatementsStayTwo(String one, String other) {
    assertThat(templates.learn(one)).isNotEqualTo(templates.learn(other));
  }

  @Test
  void wordsThatDifferBecomeWildInTheTemplate() {
    int id = templates.learn("sent the monthly mail to alice via relay one");
    assertThat(templates.learn("sent the monthly mail to bob via relay one")).isEqualTo(id);
    assertThat(templates.pattern(id)).isEqualTo("sent the monthly mail to <*> via relay one");
  }

  @Test
  void anIdNeverChangesEvenWhenItsTemplateWidens() {
    int first = templates.learn("sent the monthly mail to alice via relay one");
    int other = templates.learn("nothing to do");
    templates.learn("sent the monthly mail to bob via relay one");
    assertThat(templates.learn("sent the monthly mail to alice via relay one")).isEqualTo(first);
    assertThat(templates.learn("nothing to do")).isEqualTo(other);
  }

  @Test
  void beyondTheLimitNewStatementsShareOneIdAndKnownOnesKeepTheirs() {
    var few = new LogTemplates(0.7, 2);
    int a = few.learn("alpha beta");
    int b = few.learn("gamma delta epsilon");
    assertThat(few.learn("zeta")).isEqualTo(LogTemplates.OTHER);
    assertThat(few.learn("eta theta iota kappa")).isEqualTo(LogTemplates.OTHER);
    assertThat(few.learn("alpha beta")).isEqualTo(a);
    assertThat(few.learn("gamma delta epsilon")).isEqualTo(b);
    assertThat(few.size()).isEqualTo(2);
    assertThat(few.pattern(LogTemplates.OTHER)).isEqualTo("<*>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "=", "[]{}()", "\u0000\u0001", "\uD83D\uDE00", "<*>", "订单 17 失败"})
  void oddLinesAreLinesToo(String line) {
    int id = templates.learn(line);
    assertThat(templates.learn(line)).isEqualTo(id);
    assertThat(templates.pattern(id)).isNotNull();
  }

  @Test
  void aHugeLineIsReadUpToALimit() {
    String long1 = "start " + "word ".repeat(200_000) + "end";
    String long2 = "start " + "word ".repeat(200_000) + "another end";
    assertThat(templates.learn(long1)).isEqualTo(templates.learn(long2));
  }

  @RepeatedTest(20)
  void restoringAtAnyMomentChangesNoId(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    List<String> shapes =
        List.of(
            "order %d of user u%d shipped by %s today",
            "retry of %s", "", "at Orders.java:4%d %s", "core.%d", "= [%d]", "list a%d b%d");
    List<String> names = List.of("alice", "bob", "carol");
    var one = new LogTemplates(0.7, 50);
    var other = new LogTemplates(0.7, 50);
    for (int i = 0; i < 300; i++) {
      if (random.nextInt(20) == 0) {
        other = LogTemplates.restored(0.7, 50, other.patterns());
      }
      String line =
          shapes
              .get(random.nextInt(shapes.size()))
              .replace("%d", Integer.toString(random.nextInt(1_000)))
              .replace("%s", names.get(random.nextInt(names.size())));
      assertThat(other.learn(line)).as("seed %d: %s", seed, line).isEqualTo(one.learn(line));
    }
    assertThat(other.patterns()).as("seed %d", seed).isEqualTo(one.patterns());
  }

  @RepeatedTest(20)
  void whatTheNumbersAreDoesNotMatter(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var one = new LogTemplates(0.7, 50);
    var other = new LogTemplates(0.7, 50);
    List<String> shapes =
        List.of("order %d of %d shipped", "retry %d", "took %d ms, limit %d", "queue is empty");
    var ids = new ArrayList<Integer>();
    var others = new ArrayList<Integer>();
    for (int i = 0; i < 100; i++) {
      String shape = shapes.get(random.nextInt(shapes.size()));
      ids.add(one.learn(String.format(shape, random.nextInt(1 << 20), random.nextInt(9))));
      others.add(other.learn(String.format(shape, random.nextInt(9), random.nextInt(1 << 20))));
    }
    assertThat(ids).as("seed %d", seed).isEqualTo(others);
    assertThat(one.size()).as("seed %d", seed).isLessThanOrEqualTo(shapes.size());
  }
}
