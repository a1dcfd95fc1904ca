import type { Topic } from '../topics';
import type { Release } from './release';

const channelId = (topic: string) => topic.replace(/\.v(\d+)$/, '-v$1');
const eventsOf = (release: Release, topic: Topic) =>
  Object.keys(release.events).filter((type) => release.events[type]?.topic === topic.name);

const head = (version: string) => `# Written by \`npm run release -w libs/contracts -- VERSION\`; do not edit.
asyncapi: 3.1.0
info:
  title: Tenure
  version: ${version}
  description: >-
    The events that Tenure takes in and publishes. Each is a CloudEvents 1.0 event in structured JSON; the record's key is
    the envelope's partitionkey (tenant:account), partitioned by murmur2.
  license:
    name: Apache-2.0
defaultContentType: application/cloudevents+json
servers:
  local:
    host: 127.0.0.1:19092
    protocol: kafka
    description: The broker of the local stack.
`;

function channel(release: Release, topic: Topic): string {
  const id = channelId(topic.name);
  const messages = eventsOf(release, topic).map(
    (type) => `      ${type}:\n        $ref: '#/components/messages/${type}'\n`,
  );
  return `  ${id}:
    address: ${topic.name}
    messages:
${messages.join('')}    bindings:
      kafka:
        topic: ${topic.name}
        partitions: ${topic.partitions}
        topicConfiguration:
          cleanup.policy: [${topic.cleanup}]
          retention.ms: ${topic.retentionMs}
        bindingVersion: 0.5.0
`;
}

function operation(release: Release, topic: Topic): string {
  const id = channelId(topic.name);
  const types = eventsOf(release, topic);
  const input = types.some((type) => release.events[type]?.direction === 'input');
  const messages = types.map((type) => `      - $ref: '#/channels/${id}/messages/${type}'\n`);
  return `  ${input ? 'receive' : 'publish'}-${id}:
    action: ${input ? 'receive' : 'send'}
    channel:
      $ref: '#/channels/${id}'
    messages:
${messages.join('')}`;
}

const message = (type: string) => `    ${type}:
      name: ${type}
      title: ${type}
      contentType: application/cloudevents+json
      payload:
        $ref: '#/components/schemas/${type}'
      bindings:
        kafka:
          key:
            type: string
            description: tenant:account, or tenant:subject where there is no account.
          bindingVersion: 0.5.0
`;

const schema = (version: string, type: string) => `    ${type}:
      allOf:
        - $ref: ./released/${version}/envelope.json
        - type: object
          properties:
            type:
              type: string
              const: ${type}
            data:
              $ref: ./released/${version}/schemas/${type}.json
`;

/** The AsyncAPI document (3.1.0, YAML) of a release; its schemas are references to the released files beside it. */
export function asyncapi(version: string, release: Release): string {
  const types = Object.keys(release.events);
  return [
    head(version),
    'channels:\n',
    ...release.topics.map((topic) => channel(release, topic)),
    'operations:\n',
    ...release.topics.map((topic) => operation(release, topic)),
    'components:\n  messages:\n',
    ...types.map(message),
    '  schemas:\n',
    ...types.map((type) => schema(version, type)),
  ].join('');
}
