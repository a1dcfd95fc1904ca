import { useEffect, useRef } from 'react';

/** Key → what it does; 'g a' is g and then a. */
export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

const CHORD_MS = 1200;
const maps: (() => KeyMap)[] = [];
let chordAt = 0;

/** A key belongs to what is typed in, to an open dialog or menu, or to the browser (with a modifier): then it is not ours. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const target = event.target;
  if (target instanceof HTMLElement) {
    if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return true;
    if (event.key === 'Enter' && /^(A|BUTTON)$/.test(target.tagName)) return true;
  }
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

function listen(event: KeyboardEvent): void {
  if (isTaken(event)) return;
  const chord = Date.now() - chordAt < CHORD_MS;
  chordAt = !chord && event.key === 'g' ? Date.now() : 0;
  const name = chord ? `g ${event.key}` : event.key;
  // The page in front was registered last and is asked first.
  const run = maps.toReversed().flatMap((map) => map()[name] ?? [])[0];
  if (!run) return;
  event.preventDefault();
  run(event);
}

/** Shortcuts while the component is shown. */
export function useKeys(keys: KeyMap): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const read = (): KeyMap => latest.current;
    if (maps.push(read) === 1) window.addEventListener('keydown', listen);
    return () => {
      maps.splice(maps.indexOf(read), 1);
      if (maps.length === 0) window.removeEventListener('keydown', listen);
    };
  }, []);
}
