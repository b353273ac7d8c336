import { jest } from '@jest/globals';

/**
 * Tests of real processes have deadlines, and a machine of CI may stand still for longer than those. There such a test
 * is tried once more, and the log keeps what failed at first.
 */
if (process.env.CI === 'true') jest.retryTimes(1, { logErrorsBeforeRetry: true });
