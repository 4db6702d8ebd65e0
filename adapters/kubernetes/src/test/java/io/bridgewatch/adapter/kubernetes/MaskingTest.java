package io.bridgewatch.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  private static final int LIMIT = 8192;
  private final Masking masking = new Masking("");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "DB_PASSWD",
        "client-secret",
        "apiKey",
        "API_KEY",
        "api-key",
        "ACCESS_TOKEN",
        "privateKey",
        "aws.credentials",
        "spring.datasource.password",
        "Authorization",
        "passphrase"
      })
  void keysOfCredentialsAreKnown(String key) {
    assertThat(Masking.looksSecret(key)).isTrue();
    assertThat(masking.value(key, "hunter2", LIMIT)).startsWith("••• sha256:").hasSize(19);
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "secretName", "tokenExpirationSeconds", "PASSWORD_FILE", "host"})
  void keysAboutCredentialsStayReadable(String key) {
    assertThat(Masking.looksSecret(key)).isFalse();
  }

  @Test
  void aMaskShowsThatTheValueChangedAndWhenItIsTheSame() {
    assertThat(masking.mask("a")).isEqualTo(masking.mask("a")).isNotEqualTo(masking.mask("b"));
    assertThat(new Masking("k").mask("a")).isNotEqualTo(masking.mask("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          url=jdbc:mysql://db/x;password=hunter2;ssl=true   | url=jdbc:mysql://db/x;password=# ;ssl=true
          --password=hunter2                                | --password=#
          {"user":"a","password":"hunter2","port":1}        | {"user":"a","password":#,"port":1}
          postgres://shop:hunter2@db:5432/shop              | postgres://#@db:5432/shop
          Authorization: Bearer hunter2hunter2              | Authorization: #
          password: hunter2                                 | password: #
          'password = "hunter2 hunter2"'                    | password = #
          token_url=https://id/x                            | token_url=https://id/x
          a token for each request                          | a token for each request
          """)
  void credentialsInsideTextsAreHidden(String text, String expected) {
    String shown =
        masking.text(text, LIMIT).replaceAll("••• sha256:[0-9a-f]{8}", "#").replace("#;", "# ;");
    assertThat(shown).isEqualTo(expected);
    assertThat(shown).doesNotContain("hunter2");
  }

  @Test
  void yamlBlocksBelowACredentialsNameAreHidden() {
    String text =
        """
        server:
          port: 8080
          password: |
            hunter2
            more hunter2
          host: db
        secrets:
          - hunter2
        end: yes
        """;
    assertThat(masking.text(text, LIMIT))
        .doesNotContain("hunter2")
        .contains("port: 8080", "host: db", "end: yes");
  }

  @Test
  void privateKeysAreHidden() {
    String text =
        "cert\n-----BEGIN RSA PRIVATE KEY-----\nMIIEhunter2\n-----END RSA PRIVATE KEY-----\nrest";
    assertThat(masking.text(text, LIMIT)).doesNotContain("hunter2").contains("cert", "rest");
    assertThat(masking.text(text.substring(0, 50), LIMIT)).doesNotContain("hunter2");
  }

  @Test
  void longTextsAreCutAndStillShowThatTheirEndChanged() {
    String one = masking.text("x".repeat(10_000) + "1", LIMIT);
    String two = masking.text("x".repeat(10_000) + "2", LIMIT);

    assertThat(one).startsWith("x".repeat(LIMIT)).contains("…(10001 characters, sha256:");
    assertThat(one).isNotEqualTo(two);
  }

  @Test
  void anyTextIsReadInReasonableTimeAndNeverBreaks() {
    long seed = 7;
    var random = new Random(seed);
    String[] parts = {
      "password", "=", ":", "\"", "'", "\n", "  ", "|", "://", "@", "a", "secret", "•••", "\\", "{"
    };
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      int length = random.nextInt(60);
      for (int j = 0; j < length; j++) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(masking.text(text.toString(), LIMIT)).as("seed %d: %s", seed, text).isNotNull();
    }
    assertThat(masking.text("password".repeat(50_000), LIMIT)).isNotEmpty();
    assertThat(masking.text("://".repeat(100_000) + "@", LIMIT)).isNotEmpty();
  }
}
