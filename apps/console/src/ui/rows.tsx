import type { ReactNode } from 'react';
import { words } from '../format/words';
import styles from './rows.module.css';

/** A list of settings: what it is, how it stands, what can be done with it. */
export function Rows({ children }: { children: ReactNode }): ReactNode {
  return <ul className={styles.rows}>{children}</ul>;
}

export function Row(props: {
  title: ReactNode;
  sub?: ReactNode;
  state?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}): ReactNode {
  return (
    <li>
      <div className={styles.row}>
        <div className={styles.main}>
          <b>{props.title}</b>
          {props.sub ? <small>{props.sub}</small> : null}
        </div>
        {props.state}
        {props.actions ? <div className={styles.buttons}>{props.actions}</div> : null}
      </div>
      {props.children ? <div className={styles.detail}>{props.children}</div> : null}
    </li>
  );
}

const tones: Record<string, string | undefined> = {
  active: 'good',
  delivered: 'good',
  paused: 'warn',
  pending: 'warn',
  disabled: 'bad',
  revoked: 'bad',
  failed: 'bad',
  exhausted: 'bad',
};

export function StateTag({ state }: { state: string }): ReactNode {
  return <Tag tone={tones[state]}>{words(state)}</Tag>;
}

/** A short word about how something stands. */
export function Tag(props: { tone?: string | undefined; title?: string | undefined; children: ReactNode }): ReactNode {
  return (
    <span className={styles.state} data-tone={props.tone} title={props.title}>
      {props.children}
    </span>
  );
}
