import { changed, leavesNoAdmin, type Person } from './person.domain';

const admin: Person = { id: 'p1', email: 'ada@acme.example', name: 'Ada', role: 'admin', active: true };

describe('A change of a person', () => {
  it('keeps what it does not name', () => {
    expect(changed(admin, { name: 'Ada L.' })).toEqual({ ...admin, name: 'Ada L.' });
    expect(changed(admin, { active: false })).toEqual({ ...admin, active: false });
  });

  it('must not leave a tenant without an admin', () => {
    expect(leavesNoAdmin(admin, changed(admin, { role: 'csm' }), 0)).toBe(true);
    expect(leavesNoAdmin(admin, changed(admin, { active: false }), 0)).toBe(true);
    expect(leavesNoAdmin(admin, changed(admin, { active: false }), 1)).toBe(false);
    expect(leavesNoAdmin(admin, changed(admin, { name: 'A' }), 0)).toBe(false);
    expect(leavesNoAdmin({ ...admin, role: 'csm' }, { ...admin, role: 'viewer' }, 0)).toBe(false);
  });
});
