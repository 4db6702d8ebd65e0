package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.AuditRecord;
import io.bridgewatch.model.Observation;
import io.bridgewatch.ports.Timekeeper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

  private static final String EVENT =
      """
      {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"RequestResponse","auditID":"%s",\
      "stage":"%s","verb":"%s","user":{"username":"alice","groups":["ops"]},"userAgent":"kubectl/v1",\
      "objectRef":{"resource":"deployments","namespace":"shop","name":"web","apiGroup":"apps",\
      "apiVersion":"v1","subresource":"scale"},"responseStatus":{"code":%d},\
      "requestObject":{"data":{"password":"hunter2"}},\
      "requestReceivedTimestamp":"2026-11-22T18:43:14.280303Z"}""";

  private static final AuditRecord SCALED =
      new AuditRecord(
          "a1",
          Instant.parse("2026-11-22T18:43:14.280303Z"),
          "alice",
          "kubectl/v1",
          "patch",
          "apps",
          "deployments",
          "scale",
          "shop",
          "web");

  @TempDir private Path folder;
  private final Heard heard = new Heard();

  @Test
  void onlyCompletedChangesAreRead() {
    String list =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
            + String.join(
                ",",
                event("a1", "ResponseComplete", "patch", 200),
                event("a2", "RequestReceived", "patch", 200),
                event("a3", "ResponseComplete", "get", 200),
                event("a4", "ResponseComplete", "patch", 409),
                event("a5", "ResponseComplete", "patch", 200)
                    .replace("\"verb\"", "\"requestURI\":\"/apis/x?dryRun=All\",\"verb\""),
                "{\"kind\":\"Pod\"}")
            + "]}";

    AuditEvents.Delivery delivery = AuditEvents.read(stream(list));

    assertThat(delivery.records()).containsExactly(SCALED);
    assertThat(delivery.rejected()).isEqualTo(1);
  }

  @Test
  void halfADeliveryIsRefused() {
    assertThatThrownBy(() -> AuditEvents.read(stream("{\"kind\":\"EventList\",\"items\":[{\"a\":")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ended in the middle");
  }

  @Test
  void whoIsImpersonatedIsWhoAsked() {
    String event =
        event("a1", "ResponseComplete", "patch", 200)
            .replace("\"userAgent\"", "\"impersonatedUser\":{\"username\":\"bob\"},\"userAgent\"");

    assertThat(AuditEvents.read(stream("{\"items\":[" + event + "]}")).records())
        .extracting(AuditRecord::user)
        .containsExactly("bob");
  }

  @Test
  void aLogIsFollowedOverRotationTruncationAndRubbish() throws Exception {
    Path file = folder.resolve("audit.log");
    write(file, line("old"));
    var log =
        new AuditLogFile(file, AuditLogFile.Start.END, Time.by(Timekeeper.by(() -> Instant.EPOCH)));
    log.round(heard);
    assertThat(ids()).isEmpty();

    append(file, line("a1") + "no json\n" + line("a2").substring(0, 40));
    log.round(heard);
    append(file, line("a2").substring(40));
    log.round(heard);
    assertThat(ids()).containsExactly("a1", "a2");

    append(file, line("a3"));
    Files.move(file, folder.resolve("audit-1.log"));
    write(file, line("a4"));
    log.round(heard);
    assertThat(ids()).containsExactly("a1", "a2", "a3", "a4");

    write(file, "");
    log.round(heard);
    append(file, line("a5"));
    log.round(heard);
    assertThat(ids()).containsExactly("a1", "a2", "a3", "a4", "a5");
    assertThat(heard.rejected())
        .extracting(Observation.Rejected::reason)
        .containsExactly("Malformed");
  }

  @Test
  void aMissingLogIsToldOnceAndWaitedFor() throws Exception {
    Path file = folder.resolve("audit.log");
    var log =
        new AuditLogFile(
            file, AuditLogFile.Start.BEGINNING, Time.by(Timekeeper.by(() -> Instant.EPOCH)));
    log.round(heard);
    log.round(heard);
    write(file, line("a1"));
    log.round(heard);

    assertThat(ids()).containsExactly("a1");
    assertThat(heard.rejected())
        .extracting(Observation.Rejected::reason)
        .containsExactly("NotFound");
  }

  @Test
  void aLongLogIsReadInOneRound() throws Exception {
    Path file = folder.resolve("audit.log");
    List<String> ids = IntStream.range(0, 2_000).mapToObj(i -> "id-" + i).toList();
    write(file, String.join("", ids.stream().map(AuditTest::line).toList()));

    new AuditLogFile(
            file, AuditLogFile.Start.BEGINNING, Time.by(Timekeeper.by(() -> Instant.EPOCH)))
        .round(heard);

    assertThat(ids()).isEqualTo(ids);
  }

  private List<String> ids() {
    return heard.all().stream()
        .filter(Observation.Audited.class::isInstance)
        .map(o -> ((Observation.Audited) o).record().id())
        .toList();
  }

  private static String line(String id) {
    return event(id, "ResponseComplete", "patch", 200) + "\n";
  }

  private static String event(String id, String stage, String verb, int code) {
    return EVENT.formatted(id, stage, verb, code);
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
