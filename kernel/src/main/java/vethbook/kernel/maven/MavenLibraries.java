package vethbook.kernel.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;
import org.jspecify.annotations.Nullable;
import vethbook.extension.Progress;
import vethbook.kernel.magic.MagicException;

/** Finds and downloads libraries and all that they need. Used by one thread. */
public final class MavenLibraries {
  private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  private final Consumer<Progress> progress;
  private final Map<String, RemoteRepository> added = new LinkedHashMap<>();
  private @Nullable RepositorySystem system;

  /**
   * @param progress told how far a download is
   */
  public MavenLibraries(Consumer<Progress> progress) {
    this.progress = progress;
  }

  /**
   * What was found.
   *
   * @param files by {@code group:artifact}, in class path order
   * @param conflicts a line for each library that was wanted in several versions
   */
  public record Found(Map<String, Library> files, List<String> conflicts) {}

  /** One jar with its version. */
  public record Library(String version, Path file) {}

  /** Asks this repository too. */
  public void addRepository(String id, String url) {
    added.put(id, new RemoteRepository.Builder(id, "default", url).build());
  }

  /** The ids and addresses that are asked, after mirrors. */
  public Map<String, String> repositories() {
    Map<String, String> all = new LinkedHashMap<>();
    UserSettings settings = UserSettings.read();
    repositories(settings, session(settings, null))
        .forEach(each -> all.put(each.getId(), each.getUrl()));
    return all;
  }

  /**
   * Gets libraries by their coordinates, {@code group:artifact[:extension[:classifier]]:version}.
   *
   * @throws MagicException for what is no coordinate, or what cannot be had
   */
  public Found get(List<String> coordinates) {
    UserSettings settings = UserSettings.read();
    DefaultRepositorySystemSession session = session(settings, null);
    List<RemoteRepository> repositories = repositories(settings, session);
    List<Dependency> wanted = new ArrayList<>();
    for (String each : coordinates) {
      wanted.add(new Dependency(artifact(session, repositories, each), JavaScopes.RUNTIME));
    }
    return get(session, repositories, wanted, List.of(), Set.of(JavaScopes.TEST));
  }

  /**
   * Gets what a POM file depends on, with its own repositories.
   *
   * @param scopes which dependencies of it are wanted
   */
  public Found get(Path pom, Set<String> scopes) {
    UserSettings settings = UserSettings.read();
    DefaultRepositorySystemSession session = session(settings, new OnePom(pom));
    List<RemoteRepository> repositories = repositories(settings, session);
    ArtifactDescriptorResult read;
    try {
      read =
          system()
              .readArtifactDescriptor(
                  session, new ArtifactDescriptorRequest(OnePom.ARTIFACT, repositories, null));
    } catch (ArtifactDescriptorException e) {
      throw new MagicException("Cannot use the POM: " + reason(e), null, e);
    }
    List<RemoteRepository> all = new ArrayList<>(repositories);
    all.addAll(system().newResolutionRepositories(session, read.getRepositories()));
    List<Dependency> wanted =
        read.getDependencies().stream().filter(each -> scopes.contains(each.getScope())).toList();
    return get(session, all, wanted, read.getManagedDependencies(), Set.of());
  }

  private Found get(
      DefaultRepositorySystemSession session,
      List<RemoteRepository> repositories,
      List<Dependency> wanted,
      List<Dependency> managed,
      Set<String> unwantedScopes) {
    if (wanted.isEmpty()) {
      return new Found(Map.of(), List.of());
    }
    DependencyFilter filter =
        (node, parents) ->
            node.getDependency() == null
                || !unwantedScopes.contains(node.getDependency().getScope());
    Downloads downloads = new Downloads(progress);
    session.setTransferListener(downloads);
    try {
      DependencyResult result =
          system()
              .resolveDependencies(
                  session,
                  new DependencyRequest(new CollectRequest(wanted, managed, repositories), filter));
      Map<String, Library> files = new LinkedHashMap<>();
      result
          .getArtifactResults()
          .forEach(
              each -> {
                File file = each.getArtifact().getFile();
                if (file != null) {
                  files.put(
                      name(each.getArtifact()),
                      new Library(each.getArtifact().getVersion(), file.toPath()));
                }
              });
      return new Found(files, Conflicts.of(result.getRoot()));
    } catch (DependencyResolutionException e) {
      throw new MagicException(
          "Cannot get "
              + wanted.stream()
                  .map(each -> text(each.getArtifact()))
                  .collect(Collectors.joining(" "))
              + ": "
              + reason(e),
          settings(session, repositories),
          e);
    } finally {
      downloads.done();
    }
  }

  private static String settings(
      DefaultRepositorySystemSession session, Collection<RemoteRepository> repositories) {
    String asked =
        repositories.stream()
            .map(each -> each.getId() + " (" + each.getUrl() + ")")
            .distinct()
            .collect(Collectors.joining(", "));
    return session.isOffline()
        ? "Maven's settings say offline: only what was downloaded before can be had"
        : "look for misspelt names; asked were " + asked + "; %mavenRepo ID URL adds another";
  }

  /** The innermost cause says what was wrong. */
  private static String reason(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).strip();
  }

  private Artifact artifact(
      DefaultRepositorySystemSession session,
      List<RemoteRepository> repositories,
      String coordinates) {
    String[] parts = coordinates.split(":", -1);
    if (parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank()) {
      String newest = newest(session, repositories, coordinates);
      throw new MagicException(
          "Cannot get " + coordinates + " without a version",
          newest.isEmpty() ? "none is found: look for misspelt names" : "the newest is " + newest);
    }
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new MagicException(
          "Cannot get " + coordinates + ": it is no Maven coordinate",
          "write GROUP:ARTIFACT:VERSION or GROUP:ARTIFACT:EXTENSION:CLASSIFIER:VERSION",
          e);
    }
  }

  /** The newest version that is no preview; empty when there is none. */
  private String newest(
      DefaultRepositorySystemSession session, List<RemoteRepository> repositories, String name) {
    try {
      List<String> versions =
          system()
              .resolveVersionRange(
                  session,
                  new VersionRangeRequest(new DefaultArtifact(name + ":[0,)"), repositories, null))
              .getVersions()
              .stream()
              .map(Object::toString)
              .toList();
      List<String> finished =
          versions.stream()
              .filter(each -> each.matches("[\\d.]+(?:[.-](?:Final|RELEASE|jre))?"))
              .toList();
      List<String> best = finished.isEmpty() ? versions : finished;
      return best.isEmpty() ? "" : name + ":" + best.get(best.size() - 1);
    } catch (VersionRangeResolutionException e) {
      return "";
    }
  }

  static String name(Artifact artifact) {
    String classifier = artifact.getClassifier();
    return artifact.getGroupId()
        + ":"
        + artifact.getArtifactId()
        + (classifier.isEmpty() ? "" : ":" + classifier);
  }

  static String text(Artifact artifact) {
    return name(artifact) + ":" + artifact.getVersion();
  }

  private RepositorySystem system() {
    if (system == null) {
      system = new RepositorySystemSupplier().get();
    }
    return system;
  }

  private DefaultRepositorySystemSession session(UserSettings settings, @Nullable OnePom pom) {
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    session.setSystemProperties(UserSettings.properties());
    session.setOffline(settings.isOffline());
    session.setConfigProperty(ConflictResolver.CONFIG_PROP_VERBOSE, true);
    session.setIgnoreArtifactDescriptorRepositories(false);
    if (pom != null) {
      session.setWorkspaceReader(pom);
    }
    settings.configure(session);
    session.setLocalRepositoryManager(
        system()
            .newLocalRepositoryManager(
                session, new LocalRepository(settings.localRepository().toFile())));
    return session;
  }

  private List<RemoteRepository> repositories(
      UserSettings settings, DefaultRepositorySystemSession session) {
    List<RemoteRepository> raw = new ArrayList<>(settings.repositories());
    raw.addAll(added.values());
    if (raw.stream().noneMatch(each -> each.getId().equals("central"))) {
      raw.add(new RemoteRepository.Builder("central", "default", CENTRAL).build());
    }
    return system().newResolutionRepositories(session, raw);
  }

  /** What a graph with its losers says about versions. */
  private static final class Conflicts {
    private Conflicts() {}

    static List<String> of(DependencyNode root) {
      Set<String> lines = new LinkedHashSet<>();
      look(root, "this cell", lines);
      return List.copyOf(lines);
    }

    private static void look(DependencyNode node, String parent, Set<String> lines) {
      for (DependencyNode child : node.getChildren()) {
        Object winner = child.getData().get(ConflictResolver.NODE_DATA_WINNER);
        if (winner instanceof DependencyNode chosen) {
          String wanted = child.getArtifact().getVersion();
          String taken = chosen.getArtifact().getVersion();
          if (!wanted.equals(taken)) {
            lines.add(
                "%s: %s wants %s; %s is used, because it is wanted nearer to what was asked for"
                    .formatted(name(child.getArtifact()), parent, wanted, taken));
          }
        } else {
          look(child, text(child.getArtifact()), lines);
        }
      }
    }
  }
}
