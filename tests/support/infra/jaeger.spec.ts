import { expect, it } from '@jest/globals';
import { describeWith } from './describe-with.ts';
import { findJaeger } from './jaeger.ts';

describeWith(await findJaeger(), 'the Jaeger of a run', (jaeger) => {
  it('takes a span in by OTLP, and tells it by its query API', async () => {
    const { queryUrl, otlpUrl } = jaeger();
    const traceId = '5b8efff798038103d269b633813fc60c';
    const span = {
      traceId,
      spanId: 'eee19b7ec3c1b174',
      name: 'a span',
      kind: 1,
      startTimeUnixNano: `${Date.now()}000000`,
      endTimeUnixNano: `${Date.now() + 1}000000`,
    };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'khop-test' } }] };
    const sent = await fetch(`${otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
    });
    expect(sent.status).toBe(200);
    let found: Response;
    do found = await fetch(`${queryUrl}/api/traces/${traceId}`);
    while (found.status === 404);
    expect(await found.json()).toMatchObject({ data: [{ traceID: traceId, spans: [{ operationName: 'a span' }] }] });
  });
});
