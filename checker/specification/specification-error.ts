/**
 * A specification that cannot be run: an edited machine, kernel or property that throws, or that
 * names what is not there. Told in one line: what, and where.
 */
export class ModelFault extends Error {}

/** Something was given that is not what was asked for; `faultless` says who gave it. */
export class Misgiven extends Error {}

/** What it gives; where it throws, the fault says where that was. */
export function faultless<Given>(run: () => Given, where: () => string): Given {
  try {
    return run();
  } catch (error) {
    if (error instanceof ModelFault) throw error;
    const said = saidBy(error);
    if (error instanceof Misgiven) throw new ModelFault(`${where()} ${said}`);
    if (isWriteInPlace(said)) {
      throw new ModelFault(
        `${where()} changes what it was given in place: make a copy and change that (${said})`,
      );
    }
    throw new ModelFault(`${where()} throws: ${said}`);
  }
}

/** What an error says, without its stack, as one line. */
export function saidBy(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.trim().replaceAll(/\s+/g, ' ');
}

/**
 * What V8 says of a write to something frozen. XState tells what a guard throws within a sentence of
 * its own.
 */
function isWriteInPlace(said: string): boolean {
  return /Cannot (add|assign to read only|delete|define|redefine) property|not extensible|trap returned falsish|which has only a getter/.test(
    said,
  );
}
