package org.sparring.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sparring.launching.LoopbackPorts;
import org.sparring.natives.SessionOptions;

/** Two teammates as threads of this process. */
public final class LocalTeams {
  private static List<Team> two;

  private LocalTeams() {}

  /** Runs something on both at once and returns the results by rank. */
  public static synchronized <T> List<T> run(Function<Team, T> each) throws Exception {
    if (two == null) {
      two = started();
    }
    return LocalCluster.atOnce(two, each);
  }

  private static List<Team> started() throws Exception {
    Patience patience = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30));
    List<String> addresses = LoopbackPorts.free(2);
    List<Team> teams = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      teams.add(new Team(new Cluster(addresses, task), patience));
    }
    LocalCluster.atOnce(
        teams,
        team -> {
          team.start(SessionOptions.CPU.config());
          return team;
        });
    return teams;
  }
}
