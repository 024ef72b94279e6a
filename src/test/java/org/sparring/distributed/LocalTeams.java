package org.sparring.distributed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
    return atOnce(two, each);
  }

  private static List<Team> started() throws Exception {
    Patience patience = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(30));
    List<String> addresses = LocalCluster.addresses(2);
    List<Team> teams = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      teams.add(new Team(new Cluster(addresses, task), patience));
    }
    atOnce(
        teams,
        team -> {
          team.start(SessionOptions.CPU.config());
          return team;
        });
    return teams;
  }

  private static <T> List<T> atOnce(List<Team> teams, Function<Team, T> each) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(teams.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      teams.forEach(team -> running.add(threads.submit(() -> each.apply(team))));
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
