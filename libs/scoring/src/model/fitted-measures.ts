import type { Features } from '../features/feature';
import type { Measure, Model } from './model';

/** The stage that picks variants: `onboarding` for the first days, whatever the CRM says. */
export function effectiveStage(features: Features, model: Model): string | null {
  const age = features.values['account-age-days'].value;
  return age !== null && age < model.onboardingDays ? 'onboarding' : features.stage;
}

/** The measures as they apply to this account: variants in order, those without weight left out. */
export function fittedMeasures(features: Features, model: Model): Measure[] {
  const stage = effectiveStage(features, model);
  const variants = (model.variants ?? []).filter(
    ({ when }) =>
      (when.segment === undefined || when.segment === features.segment) &&
      (when.stage === undefined || when.stage === stage),
  );
  return model.measures
    .map((measure) =>
      variants.reduce<Measure>(
        (fitted, variant) => ({
          ...fitted,
          weight: variant.weights?.[measure.name] ?? fitted.weight,
          curve: variant.curves?.[measure.name] ?? fitted.curve,
        }),
        measure,
      ),
    )
    .filter((measure) => measure.weight > 0);
}
