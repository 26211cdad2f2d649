/**
 * A specification that cannot be run: an edited machine, kernel or property that throws, or that
 * names what is not there. Told in one line: what, and where.
 */
export class ModelFault extends Error {}

/** What it gives; where it throws, the fault says where that was. */
export function faultless<Given>(run: () => Given, where: () => string): Given {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModelFault) throw error;
    throw new ModelFault(`${where()} throws: ${saidBy(error)}`);
  }
}

/** What an error says, without its stack, as one line. */
export function saidBy(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.trim().replaceAll(/\s+/g, ' ');
}
