import file from '../models/default-1.json';
import { defaultModel } from '../models/default-model';
import { FEATURE_NAMES } from '../features/feature';
import { modelSchema, parseModel } from './parse-model';

interface Editable {
  [key: string]: unknown;
  coverageFloor: number;
  description: string;
  bands: { green: { leave: number } };
  measures: Record<string, unknown>[];
  variants: Record<string, unknown>[];
  caps: Record<string, unknown>[];
}

const edited = (edit: (model: Editable) => void) => {
  const model = JSON.parse(JSON.stringify(file)) as Editable;
  edit(model);
  return parseModel(model);
};

describe('parseModel', () => {
  it('accepts the model that ships', () => {
    expect(parseModel(file)).toEqual({ ok: true, model: defaultModel() });
  });

  it('knows every feature by name', () => {
    expect((modelSchema as { $defs: { metric: { enum: string[] } } }).$defs.metric.enum).toEqual([...FEATURE_NAMES]);
  });

  it('names all errors at once', () => {
    const result = edited((model) => {
      model.coverageFloor = 2;
      model.measures[0]!.metric = 'horoscope';
      model.colour = 'blue';
    });
    const pointers = result.ok ? [] : result.errors.map((error) => error.pointer);
    expect(pointers.sort()).toEqual(['', '/coverageFloor', '/measures/0/metric']);
  });

  it('refuses curves that fall back, unknown measures in variants, bands that overlap and names that stand twice', () => {
    const result = edited((model) => {
      model.measures[1]!.name = model.measures[0]!.name;
      model.measures[2]!.curve = [
        [1, 0],
        [1, 50],
      ];
      model.variants[0]!.weights = { ghost: 1 };
      model.bands.green.leave = 90;
      model.caps[1]!.name = model.caps[0]!.name;
    });
    const pointers = result.ok ? [] : result.errors.map((error) => error.pointer);
    expect(pointers).toEqual([
      '/measures/1/name',
      '/measures/2/curve/1',
      '/variants/0/weights/ghost',
      '/bands/green/leave',
      '/caps/1/name',
    ]);
  });

  it('has a version that follows the content, not the layout or the description', () => {
    const version = (edit: (model: Editable) => void) => {
      const result = edited(edit);
      return result.ok ? result.model.version : 'refused';
    };
    expect(version((model) => void (model.description = 'other'))).toBe(defaultModel().version);
    expect(version((model) => void (model.measures[0]!.weight = 21))).not.toBe(defaultModel().version);
    expect(defaultModel().version).toMatch(/^default-1\.[0-9a-f]{10}$/);
  });
});
