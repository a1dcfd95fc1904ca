import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Change, parseChange, touchedKeys } from './live-keys';

const RETRY_MS = 5000;
const GRACE_MS = 4000;

/** Opens the stream and keeps it open: the browser gives up for good when a proxy answers an error, we do not. */
function openStream(onChange: (change: Change) => void, onConnected: (connected: boolean) => void): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource('/api/v1/live');
    source.addEventListener('open', () => onConnected(true));
    source.addEventListener('change', (event: MessageEvent<string>) => {
      const change = parseChange(event.data);
      if (change) onChange(change);
    });
    source.addEventListener('error', () => {
      onConnected(false);
      if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}

/** A burst (an import, a busy morning) refreshes once a second, not once an event. */
function refreshInBursts(client: QueryClient): { add: (change: Change) => void; stop: () => void } {
  let burst: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    for (const queryKey of touchedKeys(burst)) void client.invalidateQueries({ queryKey });
    burst = [];
  };
  return {
    add: (change) => {
      burst.push(change);
      timer ??= setTimeout(flush, 1000);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Follows the live stream; false once it has been gone for some seconds. After a gap everything shown is read again. */
export function useLive(): boolean {
  const client = useQueryClient();
  const [away, setAway] = useState(false);
  useEffect(() => {
    const bursts = refreshInBursts(client);
    let grace: ReturnType<typeof setTimeout> | undefined;
    let wasAway = false;
    const stop = openStream(bursts.add, (connected) => {
      clearTimeout(grace);
      if (!connected) grace = setTimeout(() => setAway(true), GRACE_MS);
      else {
        setAway(false);
        if (wasAway) void client.invalidateQueries();
      }
      wasAway = !connected;
    });
    return () => {
      clearTimeout(grace);
      bursts.stop();
      stop();
    };
  }, [client]);
  return !away;
}
