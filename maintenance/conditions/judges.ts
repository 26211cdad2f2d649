/** Which sources have conditions that are judged, and by which program. */
import { bundled, type Bundle } from './bundle.ts';

/** Properties, and what they read the world with. */
export function bundleOfClaims(): Promise<Bundle> {
  return bundled(
    'maintenance/conditions/claim-judge.ts',
    (file) =>
      (file.startsWith('properties/') && file !== 'properties/all.ts') ||
      file === 'model/results.ts' ||
      file === 'model/world.ts',
  );
}

/** Machines, and what they observe of other cells. */
export function bundleOfMachines(): Promise<Bundle> {
  return bundled(
    'maintenance/conditions/machine-judge.ts',
    (file) => file.startsWith('model/machines/') || file.startsWith('model/observations/'),
  );
}
