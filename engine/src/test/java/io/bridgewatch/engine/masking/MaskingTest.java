package io.bridgewatch.engine.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bridgewatch.model.Attributes;
import io.bridgewatch.model.LogRecord;
import io.bridgewatch.model.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  private final Masking masking = new Masking(MaskingSettings.DEFAULTS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "card 4111111111111111 declined|card [card *1111] declined",
        "卡号6222020000000000018扣款|卡号[card *0018]扣款",
        "pan=4111-1111-1111-1111;|pan=[card *1111];",
        "5555 5555 5555 4444|[card *4444]",
        "amex 3782 822463 10005.|amex [card *0005].",
        "id 11010519491231002X ok|id [chinese-id *002X] ok",
        "身份证11010519491231002x|身份证[chinese-id *002x]",
        "call 13812345678 now|call [mobile-phone *5678] now",
        "+8613812345678|+[mobile-phone *5678]",
        "手机：138-1234-5678，|手机：[mobile-phone *5678]，",
        "tel 138 1234 5678|tel [mobile-phone *5678]",
        "from Wei.Li+x@mail.bank.com.cn, to|from [email *@mail.bank.com.cn], to",
        "password=hunter2&user=a|password=[secret]&user=a",
        "db.password = hunter2|db.password = [secret]",
        "{\"user_password\":\"p\",\"n\":1}|{\"user_password\":\"[secret]\",\"n\":1}",
        "{\\\"pwd\\\": \\\"p q\\\"}|{\\\"pwd\\\": \\\"[secret]\\\"}",
        "密码：abc123，登录|密码：[secret]，登录",
        "Authorization: Bearer abc.def, Host: x|Authorization: [secret], Host: x",
        "sent Bearer dGhpc2lzYXRva2Vu1 to|sent Bearer [secret] to",
        "proxy Basic dXNlcjpwYXNz ok|proxy Basic [secret] ok",
        "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end|jwt [secret] end",
        "X-Api-Key: 9f8a7b6c5d4e|X-Api-Key: [secret]",
        "access_token=abc|access_token=[secret]",
        "4111 1111 1111 1111 200 times|[card *1111] 200 times",
        "two 4111111111111111 13812345678|two [card *1111] [mobile-phone *5678]",
      })
  void whatIsSensitiveIsHidden(String text, String masked) {
    assertThat(masking.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "order 4111111111111112 shipped", // check digit is wrong
        "order 20260301120000123 shipped",
        "at 1772366400000 ms", // time in milliseconds
        "1772366400000000",
        "1772366400000000000",
        "trace 0af7651916cd43dd8448eb211c80319c",
        "span 4111111111111111a",
        "id_4111111111111111",
        "4111111111111111.25",
        "uuid 13812345-1234-5678-9abc-13812345678a",
        "amount 13812345678.12",
        "0.13812345678",
        "txn 110105194912310021", // check character is wrong
        "phone 12812345678", // no such prefix
        "2026-03-01 12:00:00.138",
        "2026-03-01T12:00:00Z 10.138.123.45:5678",
        "java.lang.Object@1f2e3d",
        "user@localhost",
        "@Bean method",
        "Unexpected token: ',' at 7",
        "invalid token: expired",
        "bearer token missing",
        "Basic authentication required",
        "tokens=512 passwords: 3",
        "http://host:8080/path?x=1",
        "4 - 4 - 4",
        "JVM eyJ",
        "password:",
        "100 200 300",
      })
  void whatOnlyLooksLikeItStays(String text) {
    assertThat(masking.mask(text)).isSameAs(text);
  }

  @Test
  void kindsCanBeLeftOutAndPatternsAdded() {
    var some =
        new Masking(
            new MaskingSettings(
                Set.of(SensitiveKind.EMAIL),
                List.of(Pattern.compile("CUST-\\d+"), Pattern.compile("x*")),
                new MaskingSettings.Shown.Nothing()));
    assertThat(some.mask("13812345678 password=a CUST-17 a@b.cn"))
        .isEqualTo("13812345678 password=a [masked] [email]");
    var none =
        new Masking(
            new MaskingSettings(
                EnumSet.noneOf(SensitiveKind.class),
                List.of(),
                new MaskingSettings.Shown.Nothing()));
    assertThat(none.mask("4111111111111111")).isEqualTo("4111111111111111");
  }

  @Test
  void aDigestIsTheSameForTheSameValueHoweverItIsWritten() {
    var masked = digesting("0123456789abcdef").mask("4111 1111 1111 1111 4111111111111111");
    assertThat(masked).matches("(\\[card #[0-9a-f]{16}]) \\1");
    assertThat(digesting("0123456789abcdeX").mask("4111111111111111"))
        .isNotEqualTo(masked.substring(masked.indexOf(' ') + 1));
    assertThatThrownBy(() -> digesting("short"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16");
  }

  private static Masking digesting(String key) {
    return new Masking(
        new MaskingSettings(
            EnumSet.allOf(SensitiveKind.class),
            List.of(),
            new MaskingSettings.Shown.Digest(key.getBytes())));
  }

  @Test
  void recordsAreMaskedInBodyAttributesAndResource() {
    var log =
        new LogRecord(
            1,
            Severity.INFO,
            "call 13812345678",
            "t",
            "s",
            Attributes.of("process.command_line", "java -Dpassword=abc -jar x.jar"),
            Attributes.of("http.request.header.authorization", "abc", "n", "1"));
    assertThat(masking.mask(log))
        .isEqualTo(
            new LogRecord(
                1,
                Severity.INFO,
                "call [mobile-phone *5678]",
                "t",
                "s",
                Attributes.of("process.command_line", "java -Dpassword=[secret] -jar x.jar"),
                Attributes.of("http.request.header.authorization", "[secret]", "n", "1")));
  }

  /**
   * Property, seed in the failure: any text is masked without harm, and a second time changes
   * nothing.
   */
  @RepeatedTest(20)
  void maskingTwiceIsMaskingOnce(RepetitionInfo repetition) {
    long seed = repetition.getCurrentRepetition();
    var random = new SplittableRandom(seed);
    var pieces =
        List.of(
            "4111111111111111",
            "13812345678",
            "@",
            "a.cn",
            "password",
            "=",
            ":",
            " ",
            "\"",
            "\\",
            "Bearer ",
            "eyJ",
            ".",
            "-",
            "x",
            "11010519491231002X",
            "密码",
            "：",
            "7",
            "\uD83D\uDE00");
    for (int i = 0; i < 500; i++) {
      var text = new StringBuilder();
      for (int k = random.nextInt(12); k > 0; k--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      var once = masking.mask(text.toString());
      assertThat(masking.mask(once)).as("seed %d: %s", seed, text).isEqualTo(once);
    }
  }
}
