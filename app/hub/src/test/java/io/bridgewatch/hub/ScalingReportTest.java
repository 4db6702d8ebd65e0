package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.adapter.report.Language;
import io.bridgewatch.hub.ScalingDays.Day;
import io.bridgewatch.ports.ScalingStore.Note;
import io.bridgewatch.ports.ScalingStore.NoteKind;
import io.bridgewatch.scale.LearnedPolicyDocument;
import io.bridgewatch.scale.ScalingEffect;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScalingReportTest {

  private static final List<Day> DAYS =
      List.of(
          day("1", "cart", "shop", 100, 3),
          day("2", "cart", "shop", 50, 4),
          day("2", "till", "shop", 10, 0),
          day("2", "loose", "", 1, 0),
          unseen("3", "cart"));

  private static Map<String, @Nullable Object> effect(double podHours, double minutes) {
    return LearnedPolicyDocument.effect(
        new ScalingEffect(
            86_400,
            1_000,
            10,
            minutes * 60,
            podHours * 3_600,
            podHours * 1_800,
            4,
            1,
            0,
            0.1,
            120,
            30,
            minutes,
            0));
  }

  private static Day day(String day, String name, String application, double podHours, int events) {
    return new Day(
        note(day, name),
        new ScalingDays.Document(
            application,
            1,
            effect(podHours, 6),
            effect(podHours * 1.5, 9),
            effect(podHours * 2, 0),
            5,
            events,
            events,
            Math.max(0, events - 1),
            Math.max(0, events - 2),
            Math.min(1, events),
            Math.max(0, events - 3)));
  }

  private static Day unseen(String day, String name) {
    return new Day(
        note(day, name),
        new ScalingDays.Document("shop", 0.2, null, null, null, 0, 1, 0, 0, 0, 0, 0));
  }

  private static Note note(String day, String name) {
    return new Note(
        NoteKind.DAY,
        "east",
        "bank",
        "Deployment/" + name,
        Instant.parse("2026-11-0" + day + "T00:00:00Z"),
        "");
  }

  @Test
  void daysAreAddedUpByApplicationAndWorkload() {
    var month = ScalingReport.of("2026-11", DAYS);
    assertThat(month.applications())
        .extracting(ScalingReport.ScalingMonthApplication::application)
        .as("those of none last")
        .containsExactly("shop", "");
    var shop = month.applications().getFirst();
    assertThat(shop.workloads())
        .extracting(ScalingReport.ScalingMonthWorkload::name)
        .containsExactly("cart", "till");
    var cart = shop.workloads().getFirst().sum();
    assertThat(cart.days()).isEqualTo(2);
    assertThat(cart.daysUnseen()).isEqualTo(1);
    assertThat(cart.was().podHours()).isEqualTo(150);
    assertThat(cart.usual().podHours()).isEqualTo(225);
    assertThat(cart.was().minutesViolated()).isEqualTo(12);
    assertThat(cart.was().minutesShort()).isEqualTo(4);
    assertThat(cart.was().hurtShare()).isEqualTo(0.01);
    assertThat(cart.events()).isEqualTo(8);
    assertThat(cart.needed()).isEqualTo(7);
    assertThat(cart.inTime()).isEqualTo(5);
    assertThat(cart.enough()).isEqualTo(3);
    assertThat(cart.reverted()).isEqualTo(2);
    assertThat(cart.good()).isEqualTo(1);
    assertThat(shop.sum().was().podHours()).isEqualTo(160);
  }

  @Test
  void theFileHasTheSameNumbersInBothLanguages() {
    var month = ScalingReport.of("2026-11", DAYS);
    String row =
        "| bank/cart (east) | 2 (+1 ?) | 150.0 | 225.0 | 300.0 | 1.000 % | 1.000 % | 1.000 % | 12 |"
            + " 4 | 8 | 2 | 8 | 7 | 5 | 3 | 2 | 1 |";
    for (Language language : Language.values()) {
      String text = ScalingReport.markdown(month, language);
      assertThat(text).contains(row);
      assertThat(text.lines().filter(line -> line.startsWith("|")))
          .as("cells of each row")
          .allMatch(line -> line.chars().filter(c -> c == '|').count() == 19);
    }
  }
}
