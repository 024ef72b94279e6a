package org.sparring.recipes;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the comments of a record's source as Markdown. */
final class JavadocText {
  private static final Pattern COMMENT =
      Pattern.compile("/\\*\\*(?<text>(?:(?!\\*/).)*)\\*/\\s*(?<next>[^/]*)", Pattern.DOTALL);

  private static final Pattern CONSTANT = Pattern.compile("(?<name>[A-Z][A-Z0-9_]*)\\s*[,;].*");
  private static final Pattern ENUM = Pattern.compile("enum (?<name>\\w+) ");
  private static final Pattern TAG = Pattern.compile("\\{@(?:code|link) (?<text>[^}]*)}");

  private JavadocText() {}

  /** The comments of the record and of the constants of its enums. */
  static RecipesPage.RecordDoc of(String source, String record) {
    String summary = "";
    Map<String, String> parameters = new HashMap<>();
    Map<String, String> constants = new HashMap<>();
    Matcher comment = COMMENT.matcher(source);
    String type = "";
    while (comment.find()) {
      String text = comment.group("text").replaceAll("\\n\\s*\\* ?", "\n").strip();
      String next = comment.group("next");
      Matcher named = ENUM.matcher(next);
      type = named.find() ? named.group("name") : type;
      Matcher constant = CONSTANT.matcher(next.lines().findFirst().orElse(""));
      if (next.contains("record " + record + "(")) {
        String[] parts = text.split("\\s*@param ");
        summary = markdown(parts[0].split("\\n\\n")[0]);
        for (int i = 1; i < parts.length; i++) {
          String[] parameter = parts[i].split("\\s+", 2);
          parameters.put(parameter[0], markdown(parameter[1]));
        }
      } else if (constant.matches()) {
        constants.put(type + "." + constant.group("name"), markdown(text));
      }
    }
    return new RecipesPage.RecordDoc(summary, parameters, constants);
  }

  private static String markdown(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return TAG.matcher(line).replaceAll(tag -> Matcher.quoteReplacement("`" + tag.group(1) + "`"));
  }
}
