package io.bridgewatch.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bridgewatch.model.EntityRef;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.Severity;
import io.bridgewatch.model.SituationReport;
import io.bridgewatch.model.Symptom;
import io.bridgewatch.model.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportTextTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @EnumSource(Language.class)
  void aFullReportReadsAsAgreed(Language language) {
    Golden.assertMatches(
        "report." + language.tag() + ".txt",
        ReportText.write(Examples.report(), language, SHANGHAI, false));
  }

  @Test
  void aCalmWindowIsSaidToBeCalm() {
    assertThat(ReportText.write(Examples.calm(), Language.EN, ZoneId.of("UTC"), false))
        .isEqualTo(
            "bank-0303   2026-03-02 02:00:00 – 02:30:00 (UTC)\nNothing is wrong in this window.\n");
    assertThat(ReportText.write(Examples.calm(), Language.ZH, SHANGHAI, false))
        .isEqualTo("bank-0303   2026-03-02 10:00:00 – 10:30:00 (Asia/Shanghai)\n该时间窗内没有异常。\n");
  }

  @Test
  void coloursAreUsedOnlyWhenAskedForAndChangeNoWord() {
    String plain = ReportText.write(Examples.report(), Language.EN, SHANGHAI, false);
    String coloured = ReportText.write(Examples.report(), Language.EN, SHANGHAI, true);
    assertThat(plain).doesNotContain("\u001b");
    assertThat(coloured).contains("\u001b[1m");
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }

  @Test
  void aWindowOverMidnightShowsDays() {
    var report =
        new SituationReport(
            "b",
            new Window(
                Instant.parse("2026-03-01T23:50:00Z"), Instant.parse("2026-03-02T02:30:00Z")),
            List.of(Examples.payment()),
            "e",
            Optional.empty());
    assertThat(ReportText.write(report, Language.EN, ZoneId.of("UTC"), false))
        .contains("2026-03-01 23:50:00 – 03-02 02:30:00 (UTC)", "03-02 02:14:05  inc-5f0c2a91");
  }

  @Test
  void aLogLineCannotSteerTheTerminal() {
    var log = new Fact.LogPatternChanged(Severity.ERROR, "x\u001b[2Jy\u202ez", 0, 3, "", 9);
    assertThat(text(Collections.nCopies(1, log))).contains("“x\ufffd[2Jy\ufffdz”");
  }

  @Test
  void aLongListIsCutAndSaysSo() {
    assertThat(text(Collections.nCopies(9, Examples.FRONT_SLOW))).contains("… and 3 more");
  }

  @Test
  void ideographsTakeTwoColumns() {
    assertThat(ReportText.columns("症状")).isEqualTo(4);
    assertThat(ReportText.columns("Pod：ü")).isEqualTo(6);
  }

  private static String text(List<Fact> facts) {
    EntityRef front = Examples.FRONT;
    Incident payment = Examples.payment();
    var incident =
        new Incident(
            payment.id(),
            payment.onset(),
            facts.stream()
                .map(fact -> new Symptom(front, new Finding(front, payment.onset(), 1, fact)))
                .toList(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            payment.map());
    var report =
        new SituationReport(
            "b", Examples.report().window(), List.of(incident), "e", Optional.empty());
    return ReportText.write(report, Language.EN, SHANGHAI, false);
  }
}
