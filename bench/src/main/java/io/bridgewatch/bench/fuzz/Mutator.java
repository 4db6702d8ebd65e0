package io.bridgewatch.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes inputs of seeds: one to eight changes each, such as flipped bits, numbers at the edge of
 * their range, words, pieces cut out, doubled, or taken from another seed. The same random numbers
 * make the same inputs.
 */
final class Mutator {
  private static final int MOST_CHANGES = 8;
  private static final int LONGEST = 1 << 16;
  private static final byte[] EDGES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff, '\n', '"', '{', '\\'};

  private final List<byte[]> seeds;
  private final List<byte[]> words;
  private final Random random;

  Mutator(List<byte[]> seeds, List<String> words, Random random) {
    this.seeds = seeds;
    this.words = words.stream().map(word -> word.getBytes(UTF_8)).toList();
    this.random = random;
  }

  byte[] next() {
    byte[] input = one(seeds).clone();
    int changes = 1 + random.nextInt(MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      input = changed(input);
    }
    return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
  }

  private byte[] changed(byte[] input) {
    if (input.length == 0) {
      return one(seeds).clone();
    }
    int at = random.nextInt(input.length);
    int length = Math.min(input.length - at, 1 + random.nextInt(1 + random.nextInt(64)));
    switch (random.nextInt(10)) {
      case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> input[at] = (byte) random.nextInt(256);
      case 2 -> input[at] = EDGES[random.nextInt(EDGES.length)];
      case 3 -> {
        return replaced(input, at, length, new byte[0]);
      }
      case 4 -> {
        return replaced(input, at, 0, Arrays.copyOfRange(input, at, at + length));
      }
      case 5 -> {
        return Arrays.copyOf(input, at);
      }
      case 6 -> {
        byte[] other = one(seeds);
        int from = random.nextInt(other.length);
        int to = Math.min(other.length, from + 1 + random.nextInt(256));
        return replaced(input, at, length, Arrays.copyOfRange(other, from, to));
      }
      case 7 -> {
        return words.isEmpty() ? input : replaced(input, at, 0, one(words));
      }
      case 8 -> Arrays.fill(input, at, at + length, EDGES[random.nextInt(EDGES.length)]);
      default -> input[at] += (byte) (random.nextBoolean() ? 1 : -1);
    }
    return input;
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private static byte[] replaced(byte[] input, int at, int length, byte[] by) {
    var next = new byte[input.length - length + by.length];
    System.arraycopy(input, 0, next, 0, at);
    System.arraycopy(by, 0, next, at, by.length);
    System.arraycopy(input, at + length, next, at + by.length, input.length - at - length);
    return next;
  }
}
