package org.sparring.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sparring.errors.GraphException;

/**
 * Chooses the folder into which TensorFlow's native libraries are unpacked. JavaCPP uses {@code
 * ~/.javacpp/cache}, or, if the home folder is not writable, a folder with a fixed name in the
 * shared temporary folder: another user could create it first and plant libraries in it. In that
 * case this class chooses a folder that only this user can write.
 */
final class NativeCache {
  private static final String JAVACPP = "org.bytedeco.javacpp.cachedir";
  private static final String JNA = "jna.tmpdir";
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path home;
  private final Path temporary;

  /**
   * @param home home folder of the user; need not exist
   * @param temporary temporary folder shared by all users
   */
  NativeCache(Path home, Path temporary) {
    this.home = home;
    this.temporary = temporary;
  }

  static NativeCache ofThisUser() {
    return new NativeCache(
        Path.of(System.getProperty("user.home")), Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Sets JavaCPP's cache folder for this process, unless the user has set it. */
  static void secure() {
    if (System.getProperty(JAVACPP) == null) {
      ofThisUser()
          .instead()
          .ifPresent(
              folder -> {
                System.setProperty(JAVACPP, folder.toString());
                if (System.getProperty(JNA) == null) {
                  System.setProperty(JNA, folder.toString());
                }
              });
    }
  }

  /** Returns the folder to use instead of JavaCPP's own choice; empty if that choice is safe. */
  Optional<Path> instead() {
    try {
      return homeServes() ? Optional.empty() : Optional.of(privateFolder());
    } catch (IOException e) {
      throw new GraphException(
          "cannot make a folder for TensorFlow's libraries in "
              + temporary
              + ": "
              + e.getMessage()
              + "\nSet -D"
              + JAVACPP
              + " to a folder of yours.");
    }
  }

  /**
   * Creates a folder next to the libraries that only this user can access, for code compiled on
   * this machine.
   *
   * @return the folder; empty if it cannot be created
   */
  Optional<Path> folder(String name) {
    try {
      Path folder = (homeServes() ? home.resolve(".javacpp") : privateFolder()).resolve(name);
      if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      }
      return isMine(folder) && Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty(); // without the folder, the next process compiles again
    }
  }

  private boolean homeServes() {
    Path cache = home.resolve(".javacpp").resolve("cache");
    try {
      // a user without an entry in the password file has the home "?"
      return home.isAbsolute()
          && isMine(withoutGroup(Files.createDirectories(cache)))
          && Files.isWritable(cache);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Removes the group's write permission, which a new folder has under umask 002. Only the owner of
   * the folder can do that.
   */
  private static Path withoutGroup(Path folder) throws IOException {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      if (permissions.remove(PosixFilePermission.GROUP_WRITE)) {
        Files.setPosixFilePermissions(folder, permissions);
      }
    } catch (UnsupportedOperationException e) {
      return folder; // no POSIX file system
    }
    return folder;
  }

  /**
   * Returns a folder with one fixed name per user, so that the libraries are unpacked only once; a
   * random name if the fixed one belongs to another user.
   */
  private Path privateFolder() throws IOException {
    Path usual = temporary.resolve("sparring-natives-" + System.getProperty("user.name"));
    try {
      Files.createDirectory(usual, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
      return usual;
    } catch (IOException | UnsupportedOperationException exists) {
      return isMine(usual) ? usual : Files.createTempDirectory(temporary, "sparring-natives-");
    }
  }

  /**
   * Returns whether a path is a folder (not a link) that belongs to this user and that nobody else
   * can write to.
   */
  private boolean isMine(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path place = Files.isWritable(folder) ? folder : temporary;
    Path own = Files.createTempFile(place, "sparring", ".owner");
    try {
      Set<PosixFilePermission> permissions =
          Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
      return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own))
          && permissions.stream().noneMatch(OTHERS_WRITE::contains);
    } catch (UnsupportedOperationException e) {
      return true; // no POSIX file system: the permissions of the home folder apply
    } finally {
      Files.delete(own);
    }
  }
}
