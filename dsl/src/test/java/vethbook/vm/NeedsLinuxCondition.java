package vethbook.vm;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import vethbook.dsl.Features;

/** Asks the running Linux for what {@link NeedsLinux} names. */
final class NeedsLinuxCondition implements ExecutionCondition {
  private static final Features FEATURES = new Features();

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<NeedsLinux> needs =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsLinux.class);
    for (String feature : needs.map(NeedsLinux::value).orElse(new String[0])) {
      Optional<String> absence = FEATURES.absence(feature);
      if (absence.isPresent()) {
        return ConditionEvaluationResult.disabled("skipped: " + absence.get());
      }
    }
    return ConditionEvaluationResult.enabled("");
  }
}
