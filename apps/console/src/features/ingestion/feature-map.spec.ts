import { featureOf, withFeature, withKey } from './feature-map';

const reports = { feature: 'Reports', names: ['Report Exported', 'Report Viewed'], key: true };

it('a name counts to one feature', () => {
  expect(featureOf([reports], 'Report Viewed')).toBe(reports);
  expect(withFeature([reports], 'Report Viewed', 'Viewing')).toEqual([
    { feature: 'Reports', names: ['Report Exported'], key: true },
    { feature: 'Viewing', names: ['Report Viewed'], key: true },
  ]);
  expect(withFeature([reports], 'Login', 'Reports')).toEqual([{ ...reports, names: [...reports.names, 'Login'] }]);
  expect(withFeature([{ ...reports, names: ['Login'] }], 'Login', null)).toEqual([]);
});

it('marking a name marks its feature, or makes one of its own', () => {
  expect(withKey([], 'Login', true)).toEqual([{ feature: 'Login', names: ['Login'], key: true }]);
  expect(withKey(withKey([], 'Login', true), 'Login', false)).toEqual([]);
  expect(withKey([reports], 'Report Viewed', false)).toEqual([{ ...reports, key: false }]);
  expect(withKey([reports], 'Login', false)).toEqual([reports]);
});
