package io.bridgewatch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes that went wrong on their way give an answer: records, counts, or one refusal. */
class MutatedMessagesTest {

  private static final int ROUNDS = 4_000;
  private static final OtlpReader READER = new OtlpReader(TelemetryLimits.DEFAULT);

  @ParameterizedTest
  @EnumSource
  void mutatedMessagesAreReadOrRefused(OtlpSignal signal) {
    int read = 0;
    int refused = 0;
    for (long seed = 1; seed <= ROUNDS; seed++) {
      var random = new Random(seed);
      var request = new RandomRequests(seed % 50).request(signal);
      byte[] protobuf = mutated(request.toByteArray(), random);
      byte[] json = mutated(OtlpJsonWriter.json(request).getBytes(StandardCharsets.UTF_8), random);
      try {
        new Collected().add(READER.protobuf(signal, protobuf));
        read++;
      } catch (UnreadableMessageException e) {
        refused++;
      }
      try {
        new Collected().add(READER.json(signal, json));
        read++;
      } catch (UnreadableMessageException e) {
        refused++;
      }
    }
    assertThat(read).as("mutations that are still read").isGreaterThan(ROUNDS / 20);
    assertThat(refused).as("mutations that break the message").isGreaterThan(ROUNDS / 20);
  }

  @Test
  void mutatedForeignSpansAreReadOrRefused() {
    var reader = new ForeignTraceReader(TelemetryLimits.DEFAULT);
    int read = 0;
    for (long seed = 1; seed <= 3 * ROUNDS; seed++) {
      var random = new Random(seed);
      try {
        new Collected()
            .add(
                switch ((int) (seed % 3)) {
                  case 0 -> reader.zipkin(mutated(ForeignSpans.zipkin(), random));
                  case 1 -> reader.jaegerThrift(mutated(ForeignSpans.jaegerThrift(), random));
                  default -> reader.jaegerProtobuf(mutated(ForeignSpans.jaegerProtobuf(), random));
                });
        read++;
      } catch (UnreadableMessageException e) {
        assertThat(e.reason()).isEqualTo(UnreadableMessageException.Reason.BROKEN);
      }
    }
    assertThat(read).isBetween(ROUNDS / 20, 3 * ROUNDS - ROUNDS / 20);
  }

  /** Flips, cuts, doubles or inserts bytes. */
  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        case 2 -> bytes[at] = (byte) random.nextInt(256);
        default -> {
          int size = random.nextInt(Math.min(16, bytes.length - at) + 1);
          byte[] longer = Arrays.copyOf(bytes, bytes.length + size);
          System.arraycopy(bytes, at, longer, at + size, bytes.length - at);
          bytes = longer;
        }
      }
    }
    return bytes;
  }
}
