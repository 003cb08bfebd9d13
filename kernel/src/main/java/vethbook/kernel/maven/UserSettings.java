package vethbook.kernel.maven;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.repository.Authentication;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.jspecify.annotations.Nullable;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;
import vethbook.kernel.magic.MagicException;

/** What {@code settings.xml} says: the user's and, below it, that of the Maven installation. */
final class UserSettings {
  private static final Path HOME = Path.of(System.getProperty("user.home"), ".m2");

  private final Settings settings;
  private final List<Server> servers;
  private final List<Proxy> proxies;

  private UserSettings(Settings settings, SettingsDecryptionResult decrypted) {
    this.settings = settings;
    servers = decrypted.getServers();
    proxies = decrypted.getProxies();
  }

  /**
   * Reads the files that exist.
   *
   * @throws MagicException when one cannot be read
   */
  static UserSettings read() {
    DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
    request.setSystemProperties(properties());
    request.setUserSettingsFile(existing(HOME.resolve("settings.xml")));
    request.setGlobalSettingsFile(ofInstallation());
    try {
      Settings settings =
          new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings();
      DefaultSecDispatcher passwords =
          new DefaultSecDispatcher(
              new DefaultPlexusCipher(),
              Map.of(),
              HOME.resolve("settings-security.xml").toString());
      return new UserSettings(
          settings,
          new DefaultSettingsDecrypter(passwords)
              .decrypt(new DefaultSettingsDecryptionRequest(settings)));
    } catch (SettingsBuildingException e) {
      throw new MagicException(
          "Cannot read Maven's settings: " + e.getMessage().strip().replace('\n', ' '),
          "correct " + HOME.resolve("settings.xml"),
          e);
    }
  }

  /** Those of this process, with its environment as Maven names it. */
  static Properties properties() {
    Properties properties = new Properties();
    System.getenv().forEach((name, value) -> properties.setProperty("env." + name, value));
    properties.putAll(System.getProperties());
    return properties;
  }

  private static @Nullable File existing(Path path) {
    return Files.isRegularFile(path) ? path.toFile() : null;
  }

  private static @Nullable File ofInstallation() {
    String home = System.getenv("MAVEN_HOME");
    return Stream.of(
            home == null ? Path.of("/nonexistent") : Path.of(home, "conf"),
            Path.of("/etc/maven"),
            Path.of("/usr/share/maven/conf"))
        .map(folder -> existing(folder.resolve("settings.xml")))
        .filter(file -> file != null)
        .findFirst()
        .orElse(null);
  }

  Path localRepository() {
    String property = System.getProperty("maven.repo.local", "");
    String local = settings.getLocalRepository();
    return !property.isEmpty()
        ? Path.of(property)
        : local == null || local.isBlank() ? HOME.resolve("repository") : Path.of(local);
  }

  boolean isOffline() {
    return settings.isOffline();
  }

  /** Makes the session use the mirrors, the active proxies and the servers' credentials. */
  void configure(DefaultRepositorySystemSession session) {
    DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
    for (Mirror mirror : settings.getMirrors()) {
      mirrors.add(
          mirror.getId(),
          mirror.getUrl(),
          mirror.getLayout(),
          false,
          mirror.isBlocked(),
          mirror.getMirrorOf(),
          mirror.getMirrorOfLayouts());
    }
    session.setMirrorSelector(mirrors);
    DefaultProxySelector selector = new DefaultProxySelector();
    for (Proxy proxy : proxies) {
      if (proxy.isActive()) {
        selector.add(
            new org.eclipse.aether.repository.Proxy(
                proxy.getProtocol(),
                proxy.getHost(),
                proxy.getPort(),
                login(proxy.getUsername(), proxy.getPassword())),
            proxy.getNonProxyHosts());
      }
    }
    session.setProxySelector(selector);
    DefaultAuthenticationSelector logins = new DefaultAuthenticationSelector();
    for (Server server : servers) {
      AuthenticationBuilder login =
          new AuthenticationBuilder()
              .addUsername(server.getUsername())
              .addPassword(server.getPassword());
      if (server.getPrivateKey() != null) {
        login.addPrivateKey(server.getPrivateKey(), server.getPassphrase());
      }
      logins.add(server.getId(), login.build());
    }
    session.setAuthenticationSelector(logins);
  }

  private static @Nullable Authentication login(@Nullable String user, @Nullable String password) {
    return user == null
        ? null
        : new AuthenticationBuilder().addUsername(user).addPassword(password).build();
  }

  /** The repositories of the active profiles. */
  List<RemoteRepository> repositories() {
    List<RemoteRepository> found = new ArrayList<>();
    for (Profile profile : settings.getProfiles()) {
      boolean byDefault =
          profile.getActivation() != null && profile.getActivation().isActiveByDefault();
      if (byDefault || settings.getActiveProfiles().contains(profile.getId())) {
        for (Repository each : profile.getRepositories()) {
          found.add(new RemoteRepository.Builder(each.getId(), "default", each.getUrl()).build());
        }
      }
    }
    return found;
  }
}
