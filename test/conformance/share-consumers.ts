/** From now on the mesh that a test starts has all plain Triggers of a Broker share a consumer. */
process.env.SHARED_CONSUMER_THRESHOLD = '0';
