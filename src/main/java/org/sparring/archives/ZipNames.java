package org.sparring.archives;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Names of a zip's entries. An entry may say that its name is UTF-8, or bring a Unicode name in an
 * extra field. The others' names are UTF-8 if all of them can be; else Shift-JIS if all can be and
 * one has two such characters in a row; else code page 437, which the format prescribes. A
 * backslash separates folders, as a slash does.
 *
 * @param charset of names that say nothing
 */
record ZipNames(Charset charset) {
  static ZipNames of(List<ZipArchiveEntry> entries) {
    List<byte[]> plain =
        entries.stream().filter(ZipNames::isPlain).map(ZipArchiveEntry::getRawName).toList();
    return new ZipNames(charset(plain));
  }

  String of(ZipArchiveEntry entry) {
    String name =
        isPlain(entry)
            ? new String(entry.getRawName(), charset)
            : unicode(entry).orElseGet(entry::getName);
    return name.replace('\\', '/');
  }

  private static boolean isPlain(ZipArchiveEntry entry) {
    return !entry.getGeneralPurposeBit().usesUTF8ForNames()
        && entry.getRawName() != null
        && unicode(entry).isEmpty();
  }

  /** The name of the extra field; it counts only where it belongs to the entry's own name. */
  private static Optional<String> unicode(ZipArchiveEntry entry) {
    if (entry.getExtraField(UnicodePathExtraField.UPATH_ID) instanceof UnicodePathExtraField field
        && entry.getRawName() != null) {
      CRC32 crc = new CRC32();
      crc.update(entry.getRawName());
      return crc.getValue() == field.getNameCRC32()
          ? Optional.of(new String(field.getUnicodeName(), StandardCharsets.UTF_8))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static Charset charset(List<byte[]> names) {
    if (names.stream().allMatch(name -> FileNames.isOf(name, StandardCharsets.UTF_8))) {
      return StandardCharsets.UTF_8;
    }
    Charset shiftJis = known("windows-31j");
    boolean japanese =
        names.stream().allMatch(name -> FileNames.isOf(name, shiftJis))
            && names.stream().anyMatch(name -> hasTwoInARow(new String(name, shiftJis)));
    return japanese ? shiftJis : known("IBM437");
  }

  /** Latin letters with accents look like one such character at times, hardly ever like two. */
  private static boolean hasTwoInARow(String name) {
    for (int i = 1; i < name.length(); i++) {
      if (isJapanese(name.charAt(i - 1)) && isJapanese(name.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isJapanese(char c) {
    Character.UnicodeBlock block = Character.UnicodeBlock.of(c);
    return block == Character.UnicodeBlock.HIRAGANA
        || block == Character.UnicodeBlock.KATAKANA
        || block == Character.UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS;
  }

  /** A small runtime image may lack the module with these charsets. */
  private static Charset known(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
  }
}
