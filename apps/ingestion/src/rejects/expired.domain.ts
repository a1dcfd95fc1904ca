/** Begins the reject id of what was held until its time was over: it was not refused when it came. */
export const expiredPrefix = 'expired-';
