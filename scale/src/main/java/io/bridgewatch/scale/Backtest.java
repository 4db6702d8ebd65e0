package io.bridgewatch.scale;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Replays a load through the plant under a policy.
 *
 * <p>Arrivals are what they were, whatever the policy does. Between two looks the replicas serve as
 * a fluid queue: work that exceeds them waits in line, and waits as long as the line takes to be
 * served. Requests that find a line longer than {@code hurtSeconds} are hurt; those that would wait
 * beyond {@code longestWaitSeconds} are dropped; with randomness, others are hurt as {@link
 * QueueNoise} tells, and the CPU that is measured wavers as the work of so many requests does. New
 * replicas serve after {@code startSeconds}, more slowly until they are warm; as requests are
 * spread evenly, those that are too slow for their share have a line of their own. Replicas beyond
 * those that what they call bears add nothing. Replicas that are let go stop at once. A step that
 * was not seen counts as the one before it.
 */
public final class Backtest {

  /** The same for each run, so that policies differ by what they decide. */
  private static final long SEED = 1;

  private Backtest() {}

  /** The load from its start to its end. */
  public static ScalingEffect run(
      LoadTrace load, PlantSettings plant, ReplayPolicy policy, int initialReplicas) {
    return new Run(load, plant, policy, initialReplicas, 0).all();
  }

  /**
   * The same; effects count only from a step on, what came before makes the policy familiar.
   *
   * @param from step of the load
   */
  public static ScalingEffect run(
      LoadTrace load, PlantSettings plant, ReplayPolicy policy, int initialReplicas, int from) {
    return new Run(load, plant, policy, initialReplicas, from).all();
  }

  /** Replicas that could serve the first step of a load at half of their capacity, at least one. */
  public static int enough(LoadTrace load, PlantSettings plant) {
    double rate = load.steps() == 0 || Double.isNaN(load.at(0)) ? 0 : load.at(0);
    return Math.max(1, (int) Math.ceil(2 * rate / plant.capacity()));
  }

  private static final class Run implements ReplayPolicy.View {
    private final LoadTrace load;
    private final PlantSettings plant;
    private final ReplayPolicy policy;
    private final int countFrom;

    private int now;
    private int replicas;
    private int ready;
    private double line;

    /** Seconds at which replicas that start will serve, oldest first, and how many. */
    private int[] startAt = new int[16];

    private int[] startCount = new int[16];
    private int starts;

    private final WarmingReplicas warming;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final int delayed;
    private final double[] pastArrivals;
    private final double[] pastBusy;
    private final double[] pastInFlight;
    private final int[] pastReady;
    private int looks;

    private double seconds;
    private double requests;
    private double hurt;
    private double violationSeconds;
    private double podSeconds;
    private double neededPodSeconds;
    private double overloadSeconds;
    private double atMaxSeconds;
    private double shortSeconds;
    private int rescales;
    private int flaps;
    private int lastDirection;
    private final long startSecond;
    private long minute;
    private double minuteRequests;
    private double minuteHurt;
    private double minuteUnlucky;
    private double worstMinute;
    private double violationMinutes;

    /** Lengths of the shortages that are over, in looks. */
    private int[] shortages = new int[16];

    private int shortageCount;
    private int shortageLooks;

    Run(
        LoadTrace load,
        PlantSettings plant,
        ReplayPolicy policy,
        int initialReplicas,
        int fromStep) {
      this.load = load;
      this.plant = plant;
      this.policy = policy;
      this.replicas = initialReplicas;
      this.ready = initialReplicas;
      this.startSecond = load.start().getEpochSecond();
      this.warming = new WarmingReplicas(plant.warming());
      this.countFrom = fromStep * load.stepSeconds();
      this.delayed = Math.max(0, Math.ceilDiv(plant.lagSeconds(), plant.syncSeconds()));
      int kept = delayed + Math.max(1, Math.ceilDiv(plant.windowSeconds(), plant.syncSeconds()));
      pastArrivals = new double[kept];
      pastBusy = new double[kept];
      pastInFlight = new double[kept];
      pastReady = new int[kept];
    }

    ScalingEffect all() {
      int sync = plant.syncSeconds();
      int end = load.stepSeconds() * load.steps();
      double rate = 0;
      for (now = 0; now + sync <= end; now += sync) {
        double seen = load.at(now / load.stepSeconds());
        rate = Double.isNaN(seen) ? rate : seen;
        begin();
        serve(rate, sync);
        looks++;
        look(now + sync);
      }
      closeMinute();
      return new ScalingEffect(
          seconds,
          requests,
          hurt,
          violationSeconds,
          podSeconds,
          neededPodSeconds,
          rescales,
          flaps,
          atMaxSeconds,
          worstMinute,
          shortSeconds,
          timeToCapacity(),
          violationMinutes,
          overloadSeconds);
    }

    private void shortage(boolean isShort) {
      if (isShort) {
        shortageLooks++;
      } else if (shortageLooks > 0) {
        if (shortageCount == shortages.length) {
          shortages = Arrays.copyOf(shortages, 2 * shortageCount);
        }
        shortages[shortageCount++] = shortageLooks;
        shortageLooks = 0;
      }
    }

    private double timeToCapacity() {
      shortage(false);
      int[] sorted = Arrays.copyOf(shortages, shortageCount);
      Arrays.sort(sorted);
      return shortageCount == 0
          ? 0
          : (double) sorted[Math.ceilDiv(95 * shortageCount, 100) - 1] * plant.syncSeconds();
    }

    /** Replicas whose start is over serve from now on. */
    private void begin() {
      int over = 0;
      while (over < starts && startAt[over] <= now) {
        warming.add(startCount[over], startAt[over]);
        ready += startCount[over++];
      }
      warming.forgetWarm(now);
      if (over > 0) {
        System.arraycopy(startAt, over, startAt, 0, starts - over);
        System.arraycopy(startCount, over, startCount, 0, starts - over);
        starts -= over;
      }
    }

    private void serve(double rate, int length) {
      double power =
          Math.min(
              plant.mostServed(),
              (ready + startingShare(length) - warming.missing(now)) * plant.capacity());
      double use = ready == 0 ? 0 : rate / (ready * plant.capacity());
      int slow = use > 1 ? 0 : warming.beyond(use, now);
      double lane = slow == 0 ? rate : rate * slow / ready;
      double lanePower = slow == 0 ? power : warming.powerBeyond(use, now) * plant.capacity();
      double before = line;
      double after = before + (lane - lanePower) * length;
      double hurtLine = plant.hurtSeconds() * lanePower;
      double longest = plant.longestWaitSeconds() * lanePower;
      double hurtSeconds = above(before, lane - lanePower, length, hurtLine);
      double dropped = Math.max(0, after - longest);
      line = Math.clamp(after, 0, longest);
      boolean counted = now >= countFrom;
      if (counted) {
        enterMinute(Math.floorDiv(startSecond + now + length / 2, 60));
        double arrived = rate * length;
        double hurtNow = Math.min(arrived, Math.max(lane * hurtSeconds, dropped));
        double unlucky = (arrived - hurtNow) * unluckyShare(rate, power, (before + line) / 2);
        seconds += length;
        requests += arrived;
        hurt += hurtNow + unlucky;
        violationSeconds += hurtNow > 0 ? hurtSeconds : 0;
        podSeconds += (double) replicas * length;
        neededPodSeconds += arrived / plant.capacity();
        overloadSeconds += ready > plant.downstreamReplicas() ? length : 0;
        atMaxSeconds += replicas >= policy.maxReplicas() ? length : 0;
        shortSeconds += lanePower < lane ? length : 0;
        shortage(lanePower < lane);
        minuteRequests += arrived;
        minuteHurt += hurtNow;
        minuteUnlucky += unlucky;
      }
      int slot = looks % pastArrivals.length;
      double asked = Math.max(0, before) / length + rate;
      pastArrivals[slot] = rate;
      pastBusy[slot] = busy(Math.min(asked, plant.mostServed()), wavering(rate * length));
      pastInFlight[slot] =
          Math.min(power, asked) * plant.serviceSeconds() + Math.max(0, (before + line) / 2);
      pastReady[slot] = ready;
    }

    /** CPU in use, in replicas' requests. */
    private double busy(double asked, double wavering) {
      if (ready == 0) {
        return 0;
      }
      double idle = plant.cpu().idle();
      double most = plant.mostCpu() - idle;
      double working = asked / plant.cpu().capacity() / ready / most;
      double used =
          (Math.min(1, working) * ready + warming.extraBusy(working, now)) * (1 + wavering);
      return ready * idle + Math.clamp(used, 0, ready) * most;
    }

    /** By how much the work of so many requests is more or less than usual, as a share of it. */
    private double wavering(double arrived) {
      return plant.randomness() == 0 || arrived < 1
          ? 0
          : Math.sqrt(plant.randomness() / arrived) * random.nextGaussian();
    }

    /**
     * Replicas that begin to serve before the next look, each for as much of the time as it does.
     */
    private double startingShare(int length) {
      double share = 0;
      for (int i = 0; i < starts && startAt[i] < now + length; i++) {
        share += (double) startCount[i] * (now + length - startAt[i]) / length;
      }
      return share;
    }

    /** Of those that the line alone does not hurt. */
    private double unluckyShare(double rate, double power, double meanLine) {
      return QueueNoise.share(
          ready,
          power,
          rate,
          plant.randomness(),
          Math.max(0, plant.hurtSeconds() - meanLine / power));
    }

    /** Seconds in which a line that begins there and changes at that rate is above a height. */
    private static double above(double line, double change, int seconds, double height) {
      double end = line + change * seconds;
      if (line > height && end > height) {
        return seconds;
      }
      if (line <= height && end <= height) {
        return 0;
      }
      double crossing = (height - line) / change;
      return line > height ? crossing : seconds - crossing;
    }

    /** Minutes are those of the clock; what lies across their border belongs to the later half. */
    private void enterMinute(long entered) {
      if (entered != minute) {
        closeMinute();
        minute = entered;
      }
    }

    private void closeMinute() {
      if (minuteRequests > 0) {
        double surely = minuteHurt / minuteRequests;
        double perhaps = minuteUnlucky / minuteRequests;
        worstMinute = Math.max(worstMinute, surely + perhaps);
        violationMinutes += QueueNoise.violated(surely, perhaps);
      }
      minuteRequests = 0;
      minuteHurt = 0;
      minuteUnlucky = 0;
    }

    private void look(int at) {
      if (looks < pastArrivals.length) {
        return;
      }
      int begunAt = now;
      now = at;
      int wanted = Math.max(1, policy.replicas(this));
      now = begunAt;
      if (wanted == replicas) {
        return;
      }
      int direction = Integer.signum(wanted - replicas);
      if (at >= countFrom) {
        rescales++;
        flaps += lastDirection != 0 && direction != lastDirection ? 1 : 0;
      }
      lastDirection = direction;
      if (direction > 0) {
        grow(wanted - replicas, at + plant.startSeconds());
      } else {
        shrink(replicas - wanted);
      }
      replicas = wanted;
    }

    private void grow(int more, int servesAt) {
      if (starts == startAt.length) {
        startAt = Arrays.copyOf(startAt, 2 * starts);
        startCount = Arrays.copyOf(startCount, 2 * starts);
      }
      startAt[starts] = servesAt;
      startCount[starts++] = more;
    }

    /** Pods that do not serve yet go first, the youngest before the others, as in Kubernetes. */
    private void shrink(int fewer) {
      int left = fewer;
      while (left > 0 && starts > 0) {
        int gone = Math.min(left, startCount[starts - 1]);
        startCount[starts - 1] -= gone;
        left -= gone;
        if (startCount[starts - 1] == 0) {
          starts--;
        }
      }
      ready -= left;
      warming.remove(left);
    }

    // What the policy sees

    @Override
    public int now() {
      return now;
    }

    @Override
    public int replicas() {
      return replicas;
    }

    @Override
    public int ready() {
      return ready;
    }

    @Override
    public double arrivals() {
      return mean(pastArrivals);
    }

    @Override
    public double busy() {
      return mean(pastBusy);
    }

    @Override
    public double inFlight() {
      return mean(pastInFlight);
    }

    @Override
    public int readyWhenMeasured() {
      return pastReady[slot(delayed)];
    }

    private double mean(double[] past) {
      double sum = 0;
      int count = past.length - delayed;
      for (int i = 0; i < count; i++) {
        sum += past[slot(delayed + i)];
      }
      return sum / count;
    }

    /** Of the look that many looks before the last. */
    private int slot(int back) {
      return Math.floorMod(looks - 1 - back, pastArrivals.length);
    }
  }
}
