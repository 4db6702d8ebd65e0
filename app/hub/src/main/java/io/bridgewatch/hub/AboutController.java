package io.bridgewatch.hub;

import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What runs here, and that it runs. */
@RestController
@Tag(name = "about")
final class AboutController {

  private final HubOptions options;
  private final SampleImport sample;
  private final Optional<AttachedDrill> drill;
  private final Instant startedAt;
  private final Properties build = build();

  AboutController(
      HubOptions options, SampleImport sample, Optional<AttachedDrill> drill, InstantSource clock) {
    this.options = options;
    this.sample = sample;
    this.drill = drill;
    this.startedAt = clock.instant();
  }

  private static Properties build() {
    var properties = new Properties();
    try (var in = AboutController.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read build.properties", e);
    }
    return properties;
  }

  @GetMapping("/api/v1/about")
  @Operation(operationId = "about", summary = "Version and state of this hub")
  Api.About about() {
    return new Api.About(
        build.getProperty("version", "unknown"),
        build.getProperty("build", "unknown"),
        Runtime.version().toString(),
        startedAt,
        options.demo(),
        sample.incident().orElse(null),
        drill.map(one -> entry(one.cluster(), one.entry())).orElse(null));
  }

  private static Api.AboutDrill entry(String cluster, AttachedDrill.Entry entry) {
    return new Api.AboutDrill(cluster, entry.type().id(), entry.namespace(), entry.name());
  }

  @GetMapping(path = "/healthz", produces = MediaType.TEXT_PLAIN_VALUE)
  @Hidden
  String health() {
    return "ok";
  }
}
