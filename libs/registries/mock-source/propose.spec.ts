import { describe, expect, it } from '@jest/globals';
import { applyProposal } from './propose.ts';

const content = {
  name: 'Công ty A',
  headOffice: { wardCode: '1' },
  representatives: [{ fullName: 'Trần Thị B' }],
};

describe('proposed values', () => {
  it('stand at their path, whatever their depth', () => {
    const proposed = { name: 'A', 'headOffice.wardCode': '2', 'representatives.0.fullName': 'Trần Thị C' };
    expect(applyProposal(content, proposed)).toEqual({
      ok: true,
      content: { name: 'A', headOffice: { wardCode: '2' }, representatives: [{ fullName: 'Trần Thị C' }] },
    });
    expect(content.representatives[0]?.fullName).toBe('Trần Thị B');
  });

  it('make an object that is missing, and take a value away with null', () => {
    expect(applyProposal({ name: 'A', status: '1' }, { 'address.wardCode': '3', status: null })).toEqual({
      ok: true,
      content: { name: 'A', address: { wardCode: '3' } },
    });
  });

  it.each(['representatives.1.fullName', 'representatives.x', 'name.first', '__proto__.x', 'a..b', ''])(
    'are refused for %j',
    (path) => expect(applyProposal(content, { [path]: 'x' })).toEqual({ ok: false, path }),
  );
});
