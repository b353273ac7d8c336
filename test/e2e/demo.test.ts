import { describe, expect, it } from '@jest/globals';
import { runDemo } from '../support/run-demo.ts';

describe('npm run demo -- --once', () => {
  it('shows every expected delivery exactly once and exits 0', async () => {
    const { code, output, firstDeliveryMs } = await runDemo();
    process.stdout.write(`${output}first delivery after ${String(firstDeliveryMs)} ms\n`);
    expect(output).toContain('commerce (HTTPSource shop/commerce): legacy from bus to mesh');
    expect(output).toContain(
      '  ready    Subscription shop/created-orders: Trigger shop/created-orders-',
    );
    expect(output).toMatch(/The bus is drained: 2 Triggers/);
    expect(output).toMatch(/4 events sent, 5 deliveries: each exactly once/);
    expect(code).toBe(0);
    // The bar is 8 s on an idle machine of two cores; this is for a busy one.
    expect(firstDeliveryMs).toBeLessThan(30_000);
  }, 120_000);
});
