package io.bridgewatch.detect;

/**
 * The scheduler's account of why no node takes a pod, without its second half on preemption, which
 * repeats the first: {@code 0/2 nodes are available: 2 Insufficient cpu.}
 */
final class KubernetesSchedulerMessage {

  private KubernetesSchedulerMessage() {}

  static String shorten(String message) {
    int end = message.length();
    for (String tail : new String[] {" preemption:", " no new claims to deallocate"}) {
      int at = message.indexOf(tail);
      if (at > 0) {
        end = Math.min(end, at);
      }
    }
    return message.substring(0, end).strip();
  }
}
