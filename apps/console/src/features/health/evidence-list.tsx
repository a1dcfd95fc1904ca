import type { ReactNode } from 'react';
import { type EvidenceLine, change, evidenceFacts } from './evidence';
import styles from './alert.module.css';

const SHOWN_IDS = 4;

function Ids({ ids }: { ids: string[] }): ReactNode {
  const rest = ids.length - SHOWN_IDS;
  return (
    <div className={styles.ids}>
      {ids.slice(0, SHOWN_IDS).join(', ')}
      {rest > 0 ? ` and ${rest} more` : ''}
    </div>
  );
}

/** Now against usual as two bars of one scale. */
function Compare({ evidence }: { evidence: EvidenceLine }): ReactNode {
  const moved = change(evidence);
  if (moved === null || typeof evidence.value !== 'number' || typeof evidence.baseline !== 'number') return null;
  const top = Math.max(evidence.value, evidence.baseline, 1e-9);
  return (
    <div className={styles.compare} aria-hidden>
      <i style={{ width: `${(evidence.baseline / top) * 100}%` }} data-usual />
      <i style={{ width: `${(Math.max(0, evidence.value) / top) * 100}%` }} />
    </div>
  );
}

/** The numbers and ids an alert or a contribution rests on. */
export function EvidenceList({ evidence }: { evidence: readonly EvidenceLine[] }): ReactNode {
  return (
    <ul className={styles.evidence}>
      {evidence.map((line, index) => {
        const { now, facts } = evidenceFacts(line);
        return (
          <li key={index}>
            <div className={styles.line}>
              <span>
                {line.url ? (
                  <a href={line.url} className="text-link">
                    {line.label}
                  </a>
                ) : (
                  line.label
                )}
              </span>
              <b className="num">{now ?? '–'}</b>
            </div>
            <Compare evidence={line} />
            {facts.length > 0 ? <div className={`${styles.facts} num`}>{facts.join(' · ')}</div> : null}
            {line.ids && line.ids.length > 0 ? <Ids ids={line.ids} /> : null}
          </li>
        );
      })}
    </ul>
  );
}
