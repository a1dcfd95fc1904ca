import { type RefObject, useRef, useState } from 'react';

/** A list whose rows are walked with j and k: which row is current, and moving the focus to it. */
export function useRowFocus(length: number): {
  ref: RefObject<HTMLElement | null>;
  current: number;
  setCurrent: (row: number) => void;
  move: (step: number) => void;
  open: () => void;
} {
  const ref = useRef<HTMLElement>(null);
  const [wanted, setCurrent] = useState(0);
  const current = Math.min(wanted, Math.max(0, length - 1));
  const linkOf = (row: number): HTMLElement | undefined =>
    ref.current?.querySelectorAll<HTMLElement>('[data-row-link]')[row];
  return {
    ref,
    current,
    setCurrent,
    move: (step) => {
      const inside = ref.current?.contains(document.activeElement) ?? false;
      // The first press only lands on the list; from then on it moves.
      const next = inside ? Math.max(0, Math.min(length - 1, current + step)) : current;
      setCurrent(next);
      linkOf(next)?.focus();
    },
    open: () => linkOf(current)?.click(),
  };
}
