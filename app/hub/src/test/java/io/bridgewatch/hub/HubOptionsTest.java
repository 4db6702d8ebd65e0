package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.adapter.opensearch.Credentials;
import io.bridgewatch.adapter.otlp.TlsFiles;
import io.bridgewatch.hub.HubOptions.InvalidOptionException;
import io.bridgewatch.hub.HubOptions.Sample;
import io.bridgewatch.model.Probe;
import io.bridgewatch.ports.Retained;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubOptionsTest {

  private static HubOptions parse(String... args) {
    return HubOptions.parse(List.of(args), Map.of());
  }

  @Test
  void bothWaysOfWritingAValueAreTaken() {
    assertThat(parse("--http-port=0", "--bind", "0.0.0.0", "--data-dir=/tmp/bw"))
        .isEqualTo(
            new HubOptions(
                0,
                "0.0.0.0",
                Path.of("/tmp/bw"),
                false,
                new Sample.None(),
                ClusterOptions.none(),
                RetentionOptions.usual(),
                CollectOptions.usual(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void optionsWinOverTheEnvironmentAndThatOverDefaults() {
    var environment =
        Map.of("BW_HTTP_PORT", "9000", "BW_BIND", "::1", "BW_DATA_DIR", "/data", "HOME", "/x");
    assertThat(HubOptions.parse(List.of("--http-port=9001"), environment))
        .isEqualTo(
            new HubOptions(
                9001,
                "::1",
                Path.of("/data"),
                false,
                new Sample.None(),
                ClusterOptions.none(),
                RetentionOptions.usual(),
                CollectOptions.usual(),
                Optional.empty(),
                Optional.empty()));
    assertThat(parse().httpPort()).isEqualTo(8080);
    assertThat(parse().bind()).isEqualTo("127.0.0.1");
    assertThat(HubOptions.parse(List.of(), Map.of("XDG_DATA_HOME", "/d")).dataDir())
        .isEqualTo(Path.of("/d/bridgewatch"));
  }

  @Test
  void theMetricsApiNeedsItsCertificate() {
    var given =
        parse(
                "--metrics-api-port=6443",
                "--metrics-api-certificates=/a.crt",
                "--metrics-api-key=/a.key",
                "--metrics-api-client-names=one, two")
            .metricsApi()
            .orElseThrow();
    assertThat(given.port()).isEqualTo(6443);
    assertThat(given.clientNames()).containsExactlyInAnyOrder("one", "two");
    assertThat(given.clientCa()).isEmpty();
    assertThat(parse().metricsApi()).isEmpty();
    assertThatThrownBy(() -> parse("--metrics-api-port=6443"))
        .hasMessageContaining("--metrics-api-certificates");
    assertThatThrownBy(() -> parse("--metrics-api-client-ca=/ca.crt"))
        .hasMessageContaining("--metrics-api-port, which is missing");
  }

  @Test
  void aDemonstrationHasASample() {
    assertThat(parse("--demo").sample()).isEqualTo(new Sample.BuiltIn());
    assertThat(parse("--sample").demo()).isFalse();
    assertThat(parse("--sample", "--demo").sample()).isEqualTo(new Sample.BuiltIn());
    assertThat(parse("--demo", "--sample", "/tmp/x.zip").sample())
        .isEqualTo(new Sample.At(Path.of("/tmp/x.zip")));
  }

  @Test
  void whatIsKeptCanBeLimitedByTimeAndRoom() {
    var given =
        parse(
            "--clusters-retention-days=90",
            "--telemetry-retention-days=3",
            "--disk-budget-gib",
            "20");
    assertThat(given.retention()).isEqualTo(new RetentionOptions(90, 3, OptionalInt.of(20)));
    assertThat(given.retention().settings().budgetBytes()).hasValue(20L << 30);
    assertThat(given.retention().settings().keep(Retained.Kind.LOGS)).isEqualTo(Duration.ofDays(3));
    assertThatThrownBy(() -> parse("--disk-budget-gib=0"))
        .hasMessage("--disk-budget-gib is '0', wanted a number from 1 to 1048576");
    assertThatThrownBy(() -> parse("--telemetry-retention-days=week"))
        .hasMessageContaining("'week'");
  }

  @Test
  void checksAreReadFromTheirAddresses() {
    var probes =
        parse(
                "--probe=https://bank.example:8443/health?deep=1",
                "--probe",
                "tcp://db.example:5432",
                "--probe=tls://[2001:db8::1]",
                "--probe=dns://10.0.0.53/bank.example")
            .collect()
            .probes();
    assertThat(probes)
        .extracting(Probe::host)
        .containsExactly("bank.example", "db.example", "2001:db8::1", "10.0.0.53");
    assertThat(probes).extracting(Probe::port).containsExactly(8443, 5432, 443, 53);
    for (String wrong : new String[] {"bank.example", "ftp://x/", "tcp://db", "dns://10.0.0.53/"}) {
      assertThatThrownBy(() -> parse("--probe=" + wrong))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("'" + wrong + "'");
    }
    assertThatThrownBy(() -> parse("--probe=tcp://a:1", "--probe=tcp://a:1"))
        .hasMessage("--probe=tcp://a:1 stands twice");
  }

  @Test
  void scrapingAndTheGrpcPortCanBeSet() {
    assertThat(parse("--scrape-text", "--drop-noise-above-pods=500").collect().scraping())
        .contains(new CollectOptions.Scraping(false, false, OptionalInt.of(500)));
    assertThat(parse("--scrape-pods-by-api-server").collect().scraping())
        .contains(new CollectOptions.Scraping(true, true, OptionalInt.empty()));
    assertThat(parse("--no-scrape").collect().scraping()).isEmpty();
    var given =
        parse(
            "--otlp-grpc-port=4317",
            "--otlp-grpc-certificates=/etc/tls.crt",
            "--otlp-grpc-key=/etc/tls.key");
    assertThat(given.collect().grpcTls())
        .contains(TlsFiles.of(Path.of("/etc/tls.crt"), Path.of("/etc/tls.key")));
    assertThatThrownBy(() -> parse("--otlp-grpc-port=0", "--otlp-grpc-key=/k"))
        .hasMessageContaining("give both");
    assertThatThrownBy(() -> parse("--otlp-grpc-certificates=/c", "--otlp-grpc-key=/k"))
        .hasMessageContaining("--otlp-grpc-port");
    assertThatThrownBy(() -> parse("--drop-noise-above-pods=many")).hasMessageContaining("'many'");
  }

  @Test
  void aClusterForLogsAndSpansIsReadWithItsSecretFromAFile(@TempDir Path folder) throws Exception {
    var password = Files.writeString(folder.resolve("password"), "s3cret x\n");
    var endpoint =
        parse(
                "--opensearch=https://search:9200",
                "--opensearch-user=hub",
                "--opensearch-password-file=" + password,
                "--opensearch-ca=/etc/ca.pem",
                "--opensearch-prefix=bank",
                "--opensearch-shards=3")
            .openSearch()
            .orElseThrow();
    assertThat(endpoint.base()).hasToString("https://search:9200");
    assertThat(endpoint.credentials()).isEqualTo(new Credentials.Basic("hub", "s3cret x"));
    assertThat(endpoint.caFile()).contains(Path.of("/etc/ca.pem"));
    assertThat(endpoint.prefix()).isEqualTo("bank");
    assertThat(endpoint.shards()).isEqualTo(3);
    var environment = Map.of("BW_OPENSEARCH", "http://search:9200", "BW_OPENSEARCH_TOKEN", "t0ken");
    assertThat(HubOptions.parse(List.of(), environment).openSearch().orElseThrow().credentials())
        .isEqualTo(new Credentials.Bearer("t0ken"));
    assertThat(parse().openSearch()).isEmpty();
    assertThatThrownBy(() -> parse("--opensearch-user=hub"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("give --opensearch=URL too");
    assertThatThrownBy(() -> parse("--opensearch=https://search:9200", "--opensearch-user=hub"))
        .hasMessageContaining("needs a password");
    assertThatThrownBy(() -> parse("--opensearch=search:9200"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("wanted http(s)://host:port");
    assertThatThrownBy(
            () -> parse("--opensearch=http://s:9200", "--opensearch-password-file=/none/there"))
        .hasMessageContaining("cannot read /none/there");
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> parse("--port=1"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("unknown option '--port=1'; --help lists the known ones");
    assertThatThrownBy(() -> parse("--http-port=70000")).hasMessageContaining("'70000'");
    assertThatThrownBy(() -> parse("--http-port")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> parse("--data-dir", "--demo")).hasMessageContaining("needs a value");
  }
}
