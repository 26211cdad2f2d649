// A lock between processes: a file that only one can make. It names its owner; what a process that
// is gone has left is removed, and so is a file that no process can still be using.

import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const EVERY_MS = 50;
/** Numbers of processes are used again: no owner works as long. */
const LONGEST_MS = 600_000;

/** Waits until the lock is ours; returns a function that releases it. If we must wait, calls `onWait` once. */
export async function lock(file, onWait) {
  const own = `${process.pid} ${randomUUID()}`;
  for (let hasWaited = false; !take(file, own);) {
    if (removeLeft(file)) continue;
    if (!hasWaited) onWait();
    hasWaited = true;
    await wait(EVERY_MS);
  }
  return () => {
    if (ownerOf(file) === own) rmSync(file, { force: true });
  };
}

/** The file appears with its owner in it, or not at all. */
function take(file, own) {
  const written = `${file}.${randomUUID()}`;
  writeFileSync(written, own);
  try {
    linkSync(written, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(written);
  }
}

/** Whether the lock was one whose owner is gone, and is away now. */
function removeLeft(file) {
  const owner = ownerOf(file);
  if (owner === undefined) return false;
  if (isAlive(Number.parseInt(owner, 10)) && ageMs(file) < LONGEST_MS) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return true;
  }
  // Between the two another process may have done the same, and taken the lock: it goes back.
  const isLeft = ownerOf(aside) === owner;
  if (!isLeft) {
    try {
      linkSync(aside, file);
    } catch {
      // A third has it: two build at once then, each file whole.
    }
  }
  rmSync(aside, { force: true });
  return isLeft;
}

function ownerOf(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ageMs(file) {
  return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN);
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
