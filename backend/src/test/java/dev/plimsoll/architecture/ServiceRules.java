package dev.plimsoll.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.plimsoll.audit.AuditTrail;
import dev.plimsoll.permission.PortalItself;
import dev.plimsoll.permission.Requires;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What every service method that others can call keeps: a lock in front, a trail behind. */
final class ServiceRules {
  private ServiceRules() {}

  /** The classes whose public methods others can call: services, and what opens transactions. */
  static boolean isService(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && !type.isInterface()
        // It is what the rule asks services to call, in their own transaction.
        && !type.isEquivalentTo(AuditTrail.class)
        && (type.isMetaAnnotatedWith(Service.class)
            || type.isAnnotatedWith(Transactional.class)
            || type.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(Transactional.class)));
  }

  /** Each public method, or its class, says what it requires or that only the portal calls it. */
  static ArchCondition<JavaClass> declareWhatTheyRequire() {
    return new ArchCondition<>("declare @Requires or @PortalItself on each public method") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethod method : callable(type)) {
          if (!declares(method, Requires.class) && !declares(method, PortalItself.class)) {
            events.add(
                SimpleConditionEvent.violated(
                    method,
                    method.getFullName() + " declares neither @Requires nor @PortalItself"));
          }
        }
      }
    };
  }

  /** Each public method that may change something leaves an entry in the audit trail. */
  static ArchCondition<JavaClass> writeTheTrail() {
    return new ArchCondition<>("call AuditTrail.record from each method that changes something") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaMethod method : callable(type)) {
          if (!isPortalItself(method) && !readsOnly(method) && !records(method, new HashSet<>())) {
            events.add(
                SimpleConditionEvent.violated(
                    method,
                    method.getFullName()
                        + " is neither @Transactional(readOnly = true) nor calls"
                        + " AuditTrail.record"));
          }
        }
      }
    };
  }

  private static Iterable<JavaMethod> callable(JavaClass type) {
    return type.getMethods().stream()
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
        .toList();
  }

  private static boolean declares(JavaMethod method, Class<? extends Annotation> annotation) {
    return method.isAnnotatedWith(annotation) || method.getOwner().isAnnotatedWith(annotation);
  }

  /** A method's own annotation goes before its class's. */
  private static boolean isPortalItself(JavaMethod method) {
    return method.isAnnotatedWith(PortalItself.class)
        || (method.getOwner().isAnnotatedWith(PortalItself.class)
            && !method.isAnnotatedWith(Requires.class));
  }

  private static boolean readsOnly(JavaMethod method) {
    CanBeAnnotated declaration =
        method.isAnnotatedWith(Transactional.class) ? method : method.getOwner();
    if (!declaration.isAnnotatedWith(Transactional.class)) {
      return false;
    }
    return (declaration instanceof JavaMethod own
            ? own.getAnnotationOfType(Transactional.class)
            : method.getOwner().getAnnotationOfType(Transactional.class))
        .readOnly();
  }

  private static boolean records(JavaCodeUnit code, Set<JavaCodeUnit> seen) {
    if (!seen.add(code)) {
      return false;
    }
    boolean directly =
        code.getMethodCallsFromSelf().stream()
            .anyMatch(
                call ->
                    call.getTargetOwner().isEquivalentTo(AuditTrail.class)
                        && call.getTarget().getName().equals("record"));
    return directly
        || code.getMethodCallsFromSelf().stream()
            .filter(call -> call.getTargetOwner().equals(code.getOwner()))
            .flatMap(call -> call.getTarget().resolveMember().stream())
            .anyMatch(target -> records(target, seen));
  }
}
