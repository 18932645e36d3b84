package dev.plimsoll.ui.testing;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes pictures of every screen, wide and narrow, light and dark. Arguments: the portal's address,
 * name, password, a directory, and what to take: {@code name=path} each, or nothing for all.
 */
public final class Screenshots {
  private static final Map<String, String> SCREENS = new LinkedHashMap<>();

  static {
    SCREENS.put("fleet", "");
    SCREENS.put("hosts", "hosts");
    SCREENS.put("host-new", "hosts/new");
    SCREENS.put("host-import", "hosts/import");
    SCREENS.put("host", "hosts/1");
    SCREENS.put("host-containers", "hosts/1?tab=containers");
    SCREENS.put("host-files", "hosts/2?tab=host-files");
    SCREENS.put("host-files-none", "hosts/1?tab=host-files");
    SCREENS.put("host-findings", "hosts/1?tab=findings");
    SCREENS.put("host-collections", "hosts/5?tab=collections");
    SCREENS.put("host-pending", "hosts/12");
    SCREENS.put("subject", "subjects/101");
    SCREENS.put("findings", "findings");
    SCREENS.put("finding", "findings?finding=7");
    SCREENS.put("checks", "checks");
    SCREENS.put("check", "checks?check=CTR-USER");
    SCREENS.put("fleet-retold", "?retold=true");
    SCREENS.put("checks-profile", "checks?profile=essentials");
    SCREENS.put("profiles", "profiles");
    SCREENS.put("profile", "profiles?profile=7");
    SCREENS.put("profile-new", "profiles/new?copyOf=essentials");
    SCREENS.put("profile-edit", "profiles/7/edit");
    SCREENS.put("profile-assignments", "profiles/assignments");
    SCREENS.put("not-found", "nowhere");
  }

  private Screenshots() {}

  /** Takes them. */
  public static void main(String[] args) {
    Path directory = Path.of(args[3]);
    Map<String, String> screens = SCREENS;
    if (args.length > 4) {
      screens = new LinkedHashMap<>();
      for (String argument : Arrays.asList(args).subList(4, args.length)) {
        int equals = argument.indexOf('=');
        screens.put(argument.substring(0, equals), argument.substring(equals + 1));
      }
    }
    try (Browser browser = new Browser()) {
      browser.lookAt(args[0]);
      browser.size(1440, 900);
      browser.open("sign-in");
      browser.screenshot(directory.resolve("sign-in.png"));
      browser.signIn(args[1], args[2]);
      for (String scheme : List.of("light", "dark")) {
        browser.colorScheme(scheme);
        for (int width : new int[] {1440, 390}) {
          browser.size(width, 900);
          for (Map.Entry<String, String> screen : screens.entrySet()) {
            browser.open(screen.getValue());
            String size = width > 1000 ? "wide" : "narrow";
            browser.screenshot(
                directory.resolve(screen.getKey() + "-" + size + "-" + scheme + ".png"));
          }
        }
      }
    }
  }
}
