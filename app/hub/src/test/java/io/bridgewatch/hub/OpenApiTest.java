package io.bridgewatch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

class OpenApiTest {

  private static final Path GOLDEN = Path.of("../../docs/reference/openapi.json");

  /** {@code -Dupdate.golden=true} writes the file anew; the UI's types are made from it. */
  @Test
  void theApiIsTheOneThatIsDocumented(@TempDir Path directory) throws IOException {
    try (var hub = RunningHub.start(directory, new SettableClock())) {
      assertThat(hub.stranger().get("/api/v1/openapi.json").status()).isEqualTo(401);
      var answer = hub.admin().get("/api/v1/openapi.json");
      assertThat(answer.status()).isEqualTo(200);
      var indenter = new DefaultIndenter("  ", "\n");
      var document =
          RunningHub.JSON
                  .writer()
                  .with(
                      new DefaultPrettyPrinter()
                          .withSeparators(
                              Separators.createDefaultInstance()
                                  .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                  .withArrayEmptySeparator(""))
                          .withObjectIndenter(indenter)
                          .withArrayIndenter(indenter))
                  .writeValueAsString(answer.json())
              + "\n";
      if (Boolean.getBoolean("update.golden")) {
        Files.writeString(GOLDEN, document);
      }
      assertThat(document).isEqualTo(Files.readString(GOLDEN));
    }
  }
}
