/**
 * The error of a specification that cannot be run: an edited machine, kernel or property that throws, or
 * that refers to a name that does not exist. Its message is one line: the problem and the place.
 */
export class ModelFault extends Error {}

/** A function of the specification returned a wrong value; `faultless` adds which function. */
export class Misgiven extends Error {}

/** The result of `run`; if it throws, the error says where. */
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

/** The message of an error, without its stack, as one line. */
export function saidBy(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.trim().replaceAll(/\s+/g, ' ');
}

/**
 * V8's message for a write to a frozen object. XState puts the error of a guard into a sentence of its
 * own.
 */
function isWriteInPlace(said: string): boolean {
  return /Cannot (add|assign to read only|delete|define|redefine) property|not extensible|trap returned falsish|which has only a getter/.test(
    said,
  );
}
