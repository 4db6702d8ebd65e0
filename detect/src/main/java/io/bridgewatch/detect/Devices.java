package io.bridgewatch.detect;

import io.bridgewatch.model.SeriesKey;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names of devices are hardware, or stand for it, and what they are called without more. */
final class Devices {

  private static final String PATH = "/dev/";

  private static final Pattern PARTITION =
      Pattern.compile(
          "(?<disk>(?:nvme\\d+n\\d+|mmcblk\\d+)(?=p\\d+$)|(?:sd|vd|xvd|hd)[a-z]+(?=\\d+$)).*");

  private static final Pattern NO_DISK = Pattern.compile("(?:loop|ram|zram|sr|fd)\\d+");

  /** Ends and joints of the networks of pods: their errors are those of what runs above. */
  private static final Pattern NO_CARD =
      Pattern.compile(
          "lo|(?:veth|cali|lxc|tap|tun|cni|flannel|docker|br-|virbr|kube-|nodelocaldns|dummy|ifb"
              + "|cilium|vxlan|geneve|gre|erspan|sit|ip6|ovs|weave).*");

  private static final Set<String> NO_FILESYSTEM =
      Set.of("tmpfs", "ramfs", "overlay", "squashfs", "nsfs", "iso9660", "devtmpfs");

  private Devices() {}

  static Optional<String> disk(String name) {
    String plain = plain(name);
    return plain.isEmpty() || NO_DISK.matcher(plain).matches()
        ? Optional.empty()
        : Optional.of(plain);
  }

  static Optional<String> card(String name) {
    return name.isEmpty() || NO_CARD.matcher(name).matches() ? Optional.empty() : Optional.of(name);
  }

  /** The disk that a file system lies on; empty if it lies on none of this machine. */
  static Optional<String> below(SeriesKey filesystem) {
    String device = filesystem.point().getOr("device", "");
    if (!device.startsWith(PATH)
        || NO_FILESYSTEM.contains(filesystem.point().getOr("fstype", ""))) {
      return Optional.empty();
    }
    var partition = PARTITION.matcher(plain(device));
    return disk(partition.matches() ? partition.group("disk") : device);
  }

  private static String plain(String name) {
    return name.startsWith(PATH) ? name.substring(name.lastIndexOf('/') + 1) : name;
  }
}
