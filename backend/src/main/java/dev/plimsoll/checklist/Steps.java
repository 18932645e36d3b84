package dev.plimsoll.checklist;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which checks take which step: one table, so that it can be read as a whole. */
final class Steps {
  private static final Map<String, Step> BY_CHECK = new HashMap<>();

  static {
    put(
        Step.USER,
        "ENG-ROOTLESS",
        "CTR-USER",
        "CTR-GROUP0",
        "CTR-PROCROOT",
        "CTR-EXECROOT",
        "IMG-USER",
        "IMG-UID0");
    put(Step.SET_ID, "ENG-NNP", "CTR-NNP", "IMG-SUID", "IMG-FILECAPS");
    put(
        Step.NAMESPACES,
        "ENG-ICC",
        "ENG-IPTABLES",
        "ENG-USERNS",
        "ENG-SECCOMP",
        "ENG-LSM",
        "SWM-PLANES",
        "SWM-DRAIN",
        "NET-OVERLAYENC",
        "NET-SHARED",
        "NET-UNPROTECTED",
        "NET-L2",
        "CTR-APPARMOR",
        "CTR-SELINUX",
        "CTR-CAPS",
        "CTR-CAPSMIN",
        "CTR-NETRAW",
        "CTR-CAPSESCAPE",
        "CTR-PRIV",
        "CTR-NETHOST",
        "CTR-PIDHOST",
        "CTR-IPCHOST",
        "CTR-NSSHARE",
        "CTR-CGROUPNS",
        "CTR-PROPAGATION",
        "CTR-UTSHOST",
        "CTR-SECCOMP",
        "CTR-MASKED",
        "CTR-DEFAULTBRIDGE",
        "CTR-USERNSHOST",
        "CTR-SYSCTL",
        "CTR-RUNTIME");
    put(
        Step.SCANNER,
        "ENG-INSECUREREG",
        "CTR-FRESH",
        "CTR-TAG",
        "IMG-BASE",
        "IMG-REGISTRY",
        "IMG-PKGS",
        "IMG-SCANNED",
        "IMG-VULNCRIT",
        "IMG-MALWARE",
        "IMG-SIGNED",
        "IMG-VERIFIEDPKG",
        "IMG-AGE");
    put(
        Step.STORAGE,
        "ENG-AUFS",
        "ENG-DEVICEMAPPER",
        "ENG-DMBASESIZE",
        "ENG-CLOCK",
        "SWM-BACKUP",
        "CTR-MOUNTHOST",
        "CTR-ROFS",
        "CTR-LOGS",
        "CTR-SPRAWL",
        "CTR-COMPROMISE",
        "STO-WRITABLE",
        "STO-RMDATA",
        "STO-BINDBACKUP",
        "IMG-SPRAWL",
        "IMG-COMMITTED",
        "IMG-LAYERS",
        "VOL-BACKUP",
        "VOL-RPO",
        "VOL-BACKUPSANE",
        "VOL-RESTORE",
        "VOL-OFFHOST",
        "VOL-CONSISTENT",
        "VOL-ANON",
        "VOL-ORPHAN",
        "VOL-SHAREDRW",
        "VOL-DATACTR",
        "VOL-BINDBACKED",
        "VOL-OPTSECRET",
        "VOL-OWNER",
        "HST-PARTITION");
  }

  private Steps() {}

  /** The step that a check takes; null if it takes none of them. */
  static @Nullable Step of(String checkId) {
    return BY_CHECK.get(checkId);
  }

  private static void put(Step step, String... checkIds) {
    for (String id : checkIds) {
      BY_CHECK.put(id, step);
    }
  }
}
