package io.bridgewatch.bench.load;

import io.bridgewatch.bench.discover.Percentiles;
import java.util.List;
import java.util.Map;

/**
 * What a run under load found.
 *
 * @param restartSeconds from the start of the hub's process until it is ready, with all that came
 * @param lostAfterRestart acknowledged records that are not there then, all phases together
 */
record LoadMeasures(List<Phase> phases, double restartSeconds, long lostAfterRestart) {
  LoadMeasures {
    phases = List.copyOf(phases);
  }

  /**
   * Some minutes at one rate.
   *
   * @param seconds that it lasted, with what was waited for at its end
   * @param engines what each took; the hub first
   * @param signals what was sent to the hub and came of it, by {@code metrics}, {@code logs} and
   *     {@code spans}
   * @param rejected what the hub says that it did not keep, by source, signal and reason
   * @param questions seconds until they were answered meanwhile, by engine and question
   * @param heapMiB of the hub after a full collection at the end
   * @param heapPeakMiB the most before any collection since the hub's start
   */
  record Phase(
      String name,
      double seconds,
      List<Engine> engines,
      Map<String, Signal> signals,
      Map<String, Long> rejected,
      Map<String, Percentiles> questions,
      double heapMiB,
      double heapPeakMiB) {
    Phase {
      engines = List.copyOf(engines);
    }

    long refused() {
      return signals.values().stream().mapToLong(it -> it.sent().refusedInAll()).sum();
    }

    long rejectedInAll() {
      return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@code NaN} if none of that signal was sent. */
    double bytesEach(String signal) {
      var found = signals.get(signal);
      return found == null ? Double.NaN : found.bytesEach();
    }

    long lost() {
      return signals.values().stream().mapToLong(Signal::lost).sum();
    }
  }

  /**
   * @param metricBytes on its disk at the end, after a flush, with the log
   */
  record Engine(
      String title, double cpuSeconds, double residentMiB, long samples, long metricBytes) {
    double bytesPerSample() {
      return (double) metricBytes / samples;
    }
  }

  /**
   * @param partly rejected by the hub out of batches that it acknowledged, and told so
   * @param found records of this phase that the hub answers with afterwards
   * @param bytes on its disk, of all that came so far
   * @param records acknowledged so far
   */
  record Signal(Tally.Sent sent, long partly, long found, long bytes, long records) {

    /** Acknowledged and not there. */
    long lost() {
      return Math.max(0, sent.acknowledged() - partly - found);
    }

    double bytesEach() {
      return (double) bytes / records;
    }
  }
}
