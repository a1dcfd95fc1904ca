import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useId, type ReactNode } from 'react';
import styles from './panel.module.css';

/** A section of a page: a heading, an optional hint and tools beside it, a body. */
export function Panel(props: { title: string; hint?: ReactNode; aside?: ReactNode; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{props.title}</h2>
        {props.hint ? <span className={styles.hint}>{props.hint}</span> : null}
        {props.aside ? <div className={styles.aside}>{props.aside}</div> : null}
      </div>
      <div className={styles.body}>{props.children}</div>
    </section>
  );
}

/** The title of a page, also the browser tab's. */
export function PageHead(props: { title: string; sub?: ReactNode; aside?: ReactNode }): ReactNode {
  useDocumentTitle(`${props.title} · Tenure`);
  return (
    <header className={styles.pageHead}>
      <div>
        <Title order={1}>{props.title}</Title>
        {props.sub ? <p>{props.sub}</p> : null}
      </div>
      {props.aside ? <div className={styles.aside}>{props.aside}</div> : null}
    </header>
  );
}
