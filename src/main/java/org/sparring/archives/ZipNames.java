package org.sparring.archives;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.UnicodePathExtraField;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/**
 * Decodes the names of a zip's entries. An entry may declare its name to be UTF-8, or contain a
 * Unicode name in an extra field. All other names are decoded with one charset: UTF-8 if all of
 * them are valid UTF-8; else Shift-JIS if all are valid and one has two Japanese characters in a
 * row; else code page 437, which the format prescribes. A backslash separates folders, as a slash
 * does.
 *
 * @param charset charset of names without a declaration
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

  /** Returns the name in the extra field, if the field belongs to the entry's stored name. */
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

  /**
   * Returns whether a name has two Japanese characters in a row. Accented Latin letters are
   * sometimes valid as one such character, hardly ever as two.
   */
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

  /**
   * Returns a charset, or a replacement: a small runtime image may lack the module with further
   * charsets.
   */
  private static Charset known(String name) {
    return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
  }
}
