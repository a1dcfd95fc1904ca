import { Autocomplete, Button, Group, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CatalogueEvent } from '@tenure/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useCanManage, useNow, useZone } from '../../app/session';
import { ago, dayIn, instant } from '../../format/dates';
import { count, plural } from '../../format/money';
import { Row, Tag } from '../../ui/rows';
import { Sparkline } from '../../ui/sparkline';
import { Loaded } from '../../ui/states';
import { lastDays } from './day-series';
import { propertiesQuery, useFeatureChange, useHide } from './events.queries';
import { type Feature, featureOf, withFeature, withKey } from './feature-map';
import { typesSentence } from './property-sentence';
import styles from './events.module.css';

function Properties({ event }: { event: CatalogueEvent }): ReactNode {
  const zone = useZone();
  const properties = useQuery(propertiesQuery(event.name));
  return (
    <Loaded query={properties} rows={2}>
      {(data) => (
        <>
          <p className={styles.facts}>
            First seen {instant(event.firstAt, zone)}, last {instant(event.lastAt, zone)},{' '}
            {plural(event.total, 'event')} in all.
          </p>
          {data.items.length === 0 ? <p className={styles.facts}>It comes without properties.</p> : null}
          <dl className={styles.properties}>
            {data.items.map((item) => (
              <div key={item.property}>
                <dt>{item.property}</dt>
                <dd>
                  {typesSentence(item.types, zone)} {item.drifting ? <Tag tone="warn">Type changed</Tag> : null}
                </dd>
              </div>
            ))}
          </dl>
          {data.other > 0 ? <p className={styles.facts}>It has more properties than are listed.</p> : null}
        </>
      )}
    </Loaded>
  );
}

function FeatureDialog(props: {
  name: string;
  current: string | null;
  features: readonly Feature[];
  onClose: () => void;
  onSave: (feature: string | null) => void;
}): ReactNode {
  const [text, setText] = useState(props.current ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    props.onSave(text.trim() === '' ? null : text.trim());
  };
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`The feature of ${props.name}`}
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Autocomplete
          label="Feature"
          description="One of yours, or a new one; empty: none. It counts for the past as well."
          data-autofocus
          maxLength={200}
          data={props.features.map((each) => each.feature)}
          value={text}
          onChange={setText}
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit">Save</Button>
        </Group>
      </form>
    </Modal>
  );
}

function Actions({ event, features }: { event: CatalogueEvent; features: readonly Feature[] }): ReactNode {
  const [mapping, setMapping] = useState(false);
  const change = useFeatureChange();
  const hide = useHide();
  const { name } = event;
  const own = featureOf(features, name);
  const isKey = own?.key ?? false;
  const save = (feature: string | null): void => {
    setMapping(false);
    const said = feature === null ? `${name} counts to no feature` : `${name} counts to ${feature}`;
    change.mutate({ said, of: (list) => withFeature(list, name, feature) });
  };
  const mark = (): void =>
    change.mutate({
      said: isKey ? `${own?.feature ?? name} is no key feature any more` : `${own?.feature ?? name} is a key feature`,
      of: (list) => withKey(list, name, !isKey),
    });
  const common = { size: 'compact-sm', variant: 'default' } as const;
  return (
    <>
      <Button
        {...common}
        aria-pressed={isKey}
        loading={change.isPending}
        aria-label={`${isKey ? 'Unmark key' : 'Mark key'}: ${name}`}
        onClick={mark}
      >
        {isKey ? 'Unmark key' : 'Mark key'}
      </Button>
      <Button {...common} aria-label={`Feature of ${name}`} onClick={() => setMapping(true)}>
        Feature
      </Button>
      <Button
        {...common}
        loading={hide.isPending}
        aria-label={`${event.hidden ? 'Show' : 'Hide'} ${name}`}
        onClick={() => hide.mutate({ name, hidden: !event.hidden })}
      >
        {event.hidden ? 'Show' : 'Hide'}
      </Button>
      {mapping ? (
        <FeatureDialog
          name={name}
          current={own?.feature ?? null}
          features={features}
          onClose={() => setMapping(false)}
          onSave={save}
        />
      ) : null}
    </>
  );
}

/** An event name: how often it comes, with what, and which feature it counts to. */
export function EventRow({ event, features }: { event: CatalogueEvent; features: readonly Feature[] }): ReactNode {
  const now = useNow();
  const zone = useZone();
  const canManage = useCanManage();
  const [open, setOpen] = useState(false);
  const days = lastDays(event.days, dayIn(now));
  const recent = days.reduce((sum, each) => sum + (each?.events ?? 0), 0);
  const own = featureOf(features, event.name);
  return (
    <Row
      title={
        <button type="button" className={styles.name} aria-expanded={open} onClick={() => setOpen((was) => !was)}>
          {event.name}
        </button>
      }
      sub={`${count(recent)} in 28 days · last ${ago(event.lastAt, now, zone)} · ${plural(event.properties, 'property', 'properties')}`}
      state={
        <>
          <Sparkline
            label={`${plural(recent, 'event')} in 28 days`}
            values={days.map((each) => ({ good: each?.events ?? 0 }))}
          />
          {own ? <Tag tone={own.key ? 'good' : undefined}>{own.key ? `Key: ${own.feature}` : own.feature}</Tag> : null}
          {event.drifting.length > 0 ? (
            <Tag tone="warn" title={event.drifting.join(', ')}>
              Type changed: {event.drifting[0]}
              {event.drifting.length > 1 ? ` +${event.drifting.length - 1}` : ''}
            </Tag>
          ) : null}
        </>
      }
      actions={canManage ? <Actions event={event} features={features} /> : null}
    >
      {open ? <Properties event={event} /> : null}
    </Row>
  );
}
