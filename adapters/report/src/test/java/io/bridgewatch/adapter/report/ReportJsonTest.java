package io.bridgewatch.adapter.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.Fact;
import io.bridgewatch.model.Finding;
import io.bridgewatch.model.Incident;
import io.bridgewatch.model.MetricKind;
import io.bridgewatch.model.SeriesKey;
import io.bridgewatch.model.Signal;
import io.bridgewatch.model.Symptom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportJsonTest {

  private static final Path SCHEMA = Path.of("../../docs/reference/situation-report.schema.json");

  @ParameterizedTest
  @EnumSource(Language.class)
  void aFullReportReadsAsAgreed(Language language) {
    Golden.assertMatches(
        "report." + language.tag() + ".json",
        ReportJson.writeIndented(Examples.report(), language) + "\n");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyDocumentFollowsThePublishedSchema(Language language) throws IOException {
    assertThat(errors(ReportJson.write(Examples.report(), language))).isEmpty();
    assertThat(errors(ReportJson.write(Examples.calm(), language))).isEmpty();
    assertThat(
            errors(
                ReportJson.write(
                    ReportJson.failure("b1", "x/b1.zip", "NotABundle", "cannot read x/b1.zip"))))
        .isEmpty();
  }

  @Test
  void theSchemaRefusesWhatIsNotAReport() throws IOException {
    String good = ReportJson.write(Examples.report(), Language.EN);
    assertThat(errors("{}")).isNotEmpty();
    assertThat(errors(good.replace("\"container.cpu\"", "17"))).isNotEmpty();
    assertThat(errors(good.replace("\"confidence\":0.83", "\"confidence\":1.2"))).isNotEmpty();
    assertThat(errors(good.replace("\"code\":\"EdgeGapGrew\"", "\"code\":\"Hunch\""))).isNotEmpty();
  }

  @Test
  void onlyTheWordsDependOnTheLanguage() {
    String words = "\"(title|sentence|kindText)\":\"(\\\\.|[^\"\\\\])*\"";
    assertThat(ReportJson.write(Examples.report(), Language.ZH).replaceAll(words, ""))
        .isEqualTo(ReportJson.write(Examples.report(), Language.EN).replaceAll(words, ""));
  }

  @Test
  void oneSeriesHasOneChartHoweverOftenItIsNamed() {
    Incident incident = Examples.payment();
    assertThat(ReportJson.charts(incident))
        .hasToString(
            "{c1="
                + ((Fact.LevelShift) Examples.FRONT_SLOW).series()
                + ", c2="
                + ((Fact.LevelShift) Examples.CPU).series()
                + "}");
    assertThat(ReportJson.write(ReportJson.incident(incident, Language.EN)))
        .contains("\"chart\":\"c1\"", "\"chart\":\"c2\"")
        .doesNotContain("\"chart\":\"c3\"");
  }

  @Test
  void mapIdsCarryTheNamespaceWhereTheNameAloneIsTakenTwice() {
    assertThat(ReportJson.write(ReportJson.incident(Examples.payment(), Language.EN)))
        .contains(
            "\"id\":\"service/payment\"",
            "\"id\":\"pod/bank/cart-1\"",
            "\"id\":\"pod/shop/cart-1\"",
            "\"from\":\"service/front\",\"to\":\"service/payment\",\"type\":\"calls\"");
  }

  @Test
  void anEdgeToAnEntityThatIsNoNodeIsLeftOut() {
    assertThat(ReportJson.write(ReportJson.incident(Examples.payment(), Language.EN)))
        .doesNotContain("runs-on");
  }

  @Test
  void aNumberThatIsNotKnownIsAbsent() {
    var key =
        new SeriesKey(Examples.FRONT.identity(), "odd", "", MetricKind.GAUGE, Attributes.none());
    var fact = new Fact.LevelShift(Signal.OTHER, key, Double.NaN, 3, Double.POSITIVE_INFINITY);
    Incident plain = Examples.unclear();
    var incident =
        new Incident(
            plain.id(),
            plain.onset(),
            List.of(
                new Symptom(Examples.FRONT, new Finding(Examples.FRONT, Examples.ONSET, 1, fact))),
            plain.causes(),
            plain.ruledOut(),
            plain.insufficientEvidence(),
            plain.timeline(),
            plain.map());
    assertThat(ReportJson.write(ReportJson.incident(incident, Language.EN)))
        .contains("\"values\":{\"after\":3}");
  }

  private static List<Error> errors(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }
}
