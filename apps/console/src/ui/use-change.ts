import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toastDone, toastFailed } from './toast';

/** A write that refreshes the lists it touches, says what it did, and says why when it could not. */
export function useChange<Input, Output>(options: {
  write: (input: Input) => Promise<Output>;
  refresh: readonly string[];
  said?: string | ((output: Output) => string);
  onDone?: (output: Output) => void;
  quietErrors?: boolean;
}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: options.write,
    onSuccess: (output) => {
      if (options.said) toastDone(typeof options.said === 'string' ? options.said : options.said(output));
      options.onDone?.(output);
      return client.invalidateQueries({ queryKey: options.refresh });
    },
    onError: (error) => (options.quietErrors ? undefined : toastFailed(error)),
  });
}
