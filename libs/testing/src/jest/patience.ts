// Real brokers and databases on a busy machine: a rebalance alone may take seconds.
jest.setTimeout(60_000);
