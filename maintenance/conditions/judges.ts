/** The sources whose conditions are judged, and the program that judges them. */
import { bundled, type Bundle } from './bundle.ts';

/** Properties, and the functions by which they read the world. */
export function bundleOfClaims(): Promise<Bundle> {
  return bundled(
    'maintenance/conditions/claim-judge.ts',
    (file) =>
      (file.startsWith('properties/') && file !== 'properties/all.ts') ||
      file === 'model/results.ts' ||
      file === 'model/world.ts',
  );
}

/** Machines, and their observations of other cells. */
export function bundleOfMachines(): Promise<Bundle> {
  return bundled(
    'maintenance/conditions/machine-judge.ts',
    (file) => file.startsWith('model/machines/') || file.startsWith('model/observations/'),
  );
}
