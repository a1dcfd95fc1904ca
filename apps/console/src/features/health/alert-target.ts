/** What an action is about: the alerts of one account, or a single one. `name` is for the sentence of the toast. */
export interface AlertTarget {
  alertIds: readonly string[];
  name: string;
}
