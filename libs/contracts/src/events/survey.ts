import { Type } from 'typebox';
import { defineEvent, type EventData, type Issue } from '../event-definition';
import { accountNaming, clearable, email, id, oneOf, prose, stateMarks } from '../fields';
import { topics } from '../topics';
import { surveyKinds, type SurveyKind } from '../vocabulary';

interface Scale {
  min: number;
  max: number;
}

/** The scale of a survey that tells none. CES and custom ones have no usual scale. */
const usualScales: Partial<Record<SurveyKind, Scale>> = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 } };

function checkScore(kind: SurveyKind, score: number, told: Scale | null | undefined): Issue | null {
  if (told && told.max <= told.min) {
    return { code: 'out-of-range', pointer: '/scale/max', detail: 'max of a scale must be above its min.' };
  }
  const scale = told ?? usualScales[kind];
  if (!scale || (score >= scale.min && score <= scale.max)) return null;
  const detail = `score must be from ${scale.min} to ${scale.max}; it is ${score}.`;
  return { code: 'out-of-range', pointer: '/score', detail };
}

const bound = Type.Number({ minimum: -1e6, maximum: 1e6 });

/** An answer to a survey. */
export const surveyResponded = defineEvent({
  type: 'tenure.survey.responded.v1',
  topic: topics.surveyResponses,
  direction: 'input',
  entity: 'survey-response',
  entityId: (data) => data.responseId,
  schema: Type.Object({
    ...accountNaming,
    ...stateMarks,
    responseId: id,
    surveyId: clearable(id),
    kind: oneOf(surveyKinds),
    score: bound,
    scale: clearable(Type.Object({ min: bound, max: bound })),
    userId: clearable(id),
    stakeholderId: clearable(id),
    email: clearable(email),
    ticketId: clearable(id),
    comment: clearable(prose),
  }),
  check: (data) => checkScore(data.kind, data.score, data.scale),
});
export type SurveyResponded = EventData<typeof surveyResponded>;
