package dev.plimsoll.correctness;

import dev.plimsoll.checklist.HostFacts;
import dev.plimsoll.testing.TestEngine;
import java.util.Set;

/** A host whose containers each ask for something of everything, as a collection reads it. */
public final class MixedHost {
  private MixedHost() {}

  /**
   * Makes the host's containers on a real engine, reads them once, and ends the engine.
   *
   * @throws Exception if the engine cannot be read
   */
  public static HostFacts read() throws Exception {
    try (TestEngine engine =
        TestEngine.builder().networked().options(Mixture.ENGINE_OPTION).start()) {
      Mixture.make(new Workshop(engine, Kernel.read()), engine, Kernel.read());
      return Judged.read(engine.endpoint(), HostFacts.Transport.UNIX, Set.of()).facts();
    }
  }
}
