package vethbook.kernel.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.jspecify.annotations.Nullable;

/** Lets the resolver read a POM file as if it were in a repository. */
final class OnePom implements WorkspaceReader {
  /** What the file is asked for as, whatever it calls itself. */
  static final Artifact ARTIFACT = new DefaultArtifact("vethbook.notebook:pom:pom:1");

  private final WorkspaceRepository repository = new WorkspaceRepository("notebook");
  private final Path pom;

  OnePom(Path pom) {
    this.pom = pom;
  }

  @Override
  public WorkspaceRepository getRepository() {
    return repository;
  }

  @Override
  public @Nullable File findArtifact(Artifact artifact) {
    boolean isThis =
        artifact.getGroupId().equals(ARTIFACT.getGroupId())
            && artifact.getArtifactId().equals(ARTIFACT.getArtifactId());
    return isThis ? pom.toFile() : null;
  }

  @Override
  public List<String> findVersions(Artifact artifact) {
    return findArtifact(artifact) == null ? List.of() : List.of(ARTIFACT.getVersion());
  }
}
