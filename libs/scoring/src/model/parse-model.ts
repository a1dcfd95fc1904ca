import { Ajv2020, type ErrorObject } from 'ajv/dist/2020';
import type { Curve, ModelError, ModelFile, ParsedModel } from './model';
import schema from './model.schema.json';
import { withVersion } from './model-version';

/** JSON Schema of a model file (draft 2020-12). */
export const modelSchema: Readonly<Record<string, unknown>> = schema;

let compiled: ReturnType<Ajv2020['compile']> | undefined;

/** Compiled on first use: a page that only scores needs no compiler. */
function validator() {
  compiled ??= new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictTuples: false,
  }).compile<ModelFile>(schema);
  return compiled;
}

/** Checks a model file against the schema and its own names; all errors at once, each with a JSON pointer. */
export function parseModel(json: unknown): ParsedModel {
  const check = validator();
  if (!check(json)) return { ok: false, errors: (check.errors ?? []).map(schemaError) };
  const file = json as ModelFile;
  const errors = [...measureErrors(file), ...variantErrors(file), ...bandErrors(file), ...duplicateCaps(file)];
  return errors.length > 0 ? { ok: false, errors } : { ok: true, model: withVersion(file) };
}

function schemaError(error: ErrorObject): ModelError {
  const { additionalProperty, allowedValues } = error.params as Partial<Record<string, unknown>>;
  const named = additionalProperty ?? allowedValues;
  const extra = named === undefined ? '' : `: ${JSON.stringify(named)}`;
  return { pointer: error.instancePath, detail: `${error.message ?? error.keyword}${extra}` };
}

function measureErrors(file: ModelFile): ModelError[] {
  const seen = new Set<string>();
  const errors = file.measures.flatMap((measure, i) => {
    const at = `/measures/${i}`;
    const repeated = seen.has(measure.name)
      ? [{ pointer: `${at}/name`, detail: `measure ${measure.name} stands twice` }]
      : [];
    seen.add(measure.name);
    return [...repeated, ...curveErrors(measure.curve, `${at}/curve`)];
  });
  const weighs = file.measures.some((measure) => measure.weight > 0);
  return weighs ? errors : [...errors, { pointer: '/measures', detail: 'no measure has a weight' }];
}

function curveErrors(curve: Curve, pointer: string): ModelError[] {
  return curve.flatMap(([x], i) => {
    const before = curve[i - 1]?.[0];
    return before !== undefined && x <= before
      ? [{ pointer: `${pointer}/${i}`, detail: `x must rise: ${x} follows ${before}` }]
      : [];
  });
}

function variantErrors(file: ModelFile): ModelError[] {
  const names = new Set(file.measures.map((measure) => measure.name));
  return (file.variants ?? []).flatMap((variant, i) => {
    const at = `/variants/${i}`;
    const unknown = (part: 'weights' | 'curves') =>
      Object.keys(variant[part] ?? {})
        .filter((name) => !names.has(name))
        .map((name) => ({ pointer: `${at}/${part}/${name}`, detail: `there is no measure ${name}` }));
    const curves = Object.entries(variant.curves ?? {}).flatMap(([name, curve]) =>
      curveErrors(curve, `${at}/curves/${name}`),
    );
    return [...unknown('weights'), ...unknown('curves'), ...curves];
  });
}

function bandErrors({ bands }: ModelFile): ModelError[] {
  const errors: ModelError[] = [];
  for (const name of ['green', 'yellow'] as const)
    if (bands[name].leave > bands[name].enter)
      errors.push({ pointer: `/bands/${name}/leave`, detail: 'leave must not be above enter' });
  if (bands.green.leave < bands.yellow.enter)
    errors.push({ pointer: '/bands/green/leave', detail: 'green must be left above the point where yellow begins' });
  return errors;
}

function duplicateCaps(file: ModelFile): ModelError[] {
  const names = (file.caps ?? []).map((cap) => cap.name);
  return names.flatMap((name, i) =>
    names.indexOf(name) < i ? [{ pointer: `/caps/${i}/name`, detail: `cap ${name} stands twice` }] : [],
  );
}
