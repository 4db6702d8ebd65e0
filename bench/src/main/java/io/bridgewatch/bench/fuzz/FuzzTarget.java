package io.bridgewatch.bench.fuzz;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something that reads bytes from the network.
 *
 * @param name such as {@code remote-write-1}
 * @param seeds inputs as they should be, from which others are made by mutation
 * @param words that inputs of this kind are made of, inserted now and then
 * @param readers makes a reader; one is used for many inputs, as in life
 */
public record FuzzTarget(
    String name, List<byte[]> seeds, List<String> words, Supplier<Reader> readers) {

  /** Reads inputs one after the other. */
  @FunctionalInterface
  public interface Reader {

    /**
     * @return how much of the input was rejected, by reason
     */
    Map<String, Long> read(byte[] input);
  }

  public FuzzTarget {
    seeds = List.copyOf(seeds);
    words = List.copyOf(words);
  }
}
