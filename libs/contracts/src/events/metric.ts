import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { accountNaming, clearable, id, instant, label, line, stateMarks } from '../fields';
import { topics } from '../topics';

const reading = Type.Number({ minimum: -1e15, maximum: 1e15 });

/** A number read from outside: a warehouse's daily aggregate, storage, a quota, a customer's own result. */
export const metricRecorded = defineEvent({
  type: 'tenure.metric.recorded.v1',
  topic: topics.metricReadings,
  direction: 'input',
  entity: 'metric',
  entityId: (data) => (data.product ? `${data.product}/${data.metric}` : data.metric),
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    metric: label,
    value: reading,
    /** What the contract or plan allows of it. */
    limit: clearable(reading),
    unit: clearable(line),
    product: clearable(id),
    at: instant,
  }),
});
export type MetricRecorded = EventData<typeof metricRecorded>;
