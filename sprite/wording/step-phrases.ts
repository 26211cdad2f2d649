/**
 * Steps in the words of the kernel. A key is the kind of cell and the action; and the state, if
 * the action is another half of a call in that state.
 */

/** `object` is the part of a cell's name after the kind; `the` gives a parameter or a field. */
type Phrase = (object: string, the: (field: string) => string) => string;

export const phrases: { readonly [action: string]: Phrase | undefined } = {
  'thread.open': (p, the) => `${p} opens ${the('file')} to ${the('mode')} as ${the('descriptor')}`,
  'thread.close': (p, the) => `${p} closes ${the('descriptor')}`,
  'thread.closeOnExit': (p, the) => `${p}, exiting, closes ${the('descriptor')}`,
  'thread.read': (p, the) => `${p} reads ${the('descriptor')}`,
  'thread.write': (p, the) => `${p} writes ${the('descriptor')}`,
  'thread.stat': (p, the) => `${p} asks for the size of ${the('file')}`,
  'thread.unlink': (p, the) => `${p} unlinks ${the('file')}`,
  'thread.holdSignals': (p) => `${p} asks for signals to be held`,
  'thread.writePage': (p, the) => `${p} writes its page ${the('page')}`,
  'thread.readPage': (p, the) => `${p} reads its page ${the('page')}`,
  'thread.remoteExec': (p, the) => `${p} runs another program on ${the('to')}`,
  'thread.wait': (p, the) => `${p} waits for ${the('child')}`,
  'thread.fork': (p, the) => `${p} forks ${the('child')}`,
  'thread.exit': (p) => `${p} begins to exit`,
  'thread.died': (p) => `${p}, killed, begins to exit`,
  'thread.finished': (p) => `${p} is gone`,
  'thread.replyTaken': (p) => `${p} takes the server's reply`,
  'thread.homeReplied': (p) => `${p} takes its home's reply`,
  'thread.replyMissed': (p) => `${p} gets no reply from its home and asks again`,
  'homeCall.served': (p, the) => `${the('home')} does ${p}'s ${the('call')} for it`,
  'homeCall.replyLost': (p, the) => `the reply to ${p}'s ${the('call')} is lost`,
  'process.peerCrashNoticed': (at, the) =>
    `${hostIn(at)} notices for ${processIn(at)} that ${the('peer')} has crashed`,
  'process.orphaned': (at) => `${hostIn(at)} forgets ${processIn(at)}: its parent is gone`,
  'eviction.ownerReturned': (host) => `the owner of ${host} returns`,
  'source.requested': (p, the) => `${p} is asked to move to ${the('to')}`,
  'source.trapped': (p) => `${p} traps into the kernel to migrate`,
  'source.pageFlushed': (p, the) => `page ${the('page')} of ${p} goes to the backing store`,
  'source.aborted': (p) => `a module refuses, and the migration of ${p} is given up`,
  'source.encapsulated': (p) => `${p}'s state is packed and sent`,
  'source.replyTaken': (p) => `${p}'s source takes the target's reply`,
  'source.switched': (p) => `${p}'s source gives its control block up`,
  'target.accepted': (p, the) => `${the('to')} allocates a shell for ${p}`,
  'target.received': (p, the) => `${the('to')} receives ${p}'s state`,
  'target.fetched': (p, the) => `${the('to')} goes on to unpack ${p}`,
  'target.replyTaken': (p, the) => `${the('to')} takes the server's reply about a stream of ${p}`,
  'target.closed': (p, the) => `${the('to')} closes a stream of ${p} again`,
  'target.noticed': (p, the) =>
    `${the('to')} notices that ${the('from')}, where ${p} was, has crashed`,
  'target.replyLost': (p, the) => `${the('to')}'s reply about ${p} is lost`,
  'target.continued': (p, the) => `${the('to')} lets ${p} run`,
  'target.reaped': (p, the) => `${the('to')} destroys its copy of ${p}`,
  'service.served': (p, the) => `the server goes on with ${p}'s ${the('call')} of ${the('file')}`,
  'service.served.counted': (p, the) =>
    `the server makes the caches of ${the('file')} consistent for ${p}'s ${the('call')}`,
  'service.served.accounting': (p, the) =>
    `the server counts the uses of ${the('file')} for ${p}'s ${the('call')}`,
  // For kernels that differ from `sprite`.
  'service.served.holding': (p, the) =>
    `the server, holding ${the('file')}, gets the stream for ${p}'s ${the('call')}`,
  'service.served.closing': (p, the) =>
    `the server, holding ${the('file')}, gets the stream for ${p}'s ${the('call')}`,
  'service.served.reopening': (p, the) =>
    `the server opens ${the('file')} again for ${p}'s ${the('call')}`,
  'service.checked': (p, the) => `the server ends ${p}'s ${the('call')} of ${the('file')}`,
  'service.releaseTaken': (_, the) =>
    `the server learns whether ${the('source')} uses ${the('stream')}`,
  'release.served': (_, the) => `${the('source')} gives up the reference to ${the('stream')}`,
  'recall.served': (_, the) => `${the('host')} does as the server asked about ${the('file')}`,
  'recall.taken': (_, the) => `the server takes the answer of ${the('host')} about ${the('file')}`,
  'recall.failed': (_, the) => `the server gives ${the('host')} up on ${the('file')}`,
  'handle.writeBack': (_, the) => `${the('host')} writes ${the('file')} back`,
  'host.reboots': (host) => `${host} comes up again`,
  'host.crashes': (host) => `${host} crashes`,
  'cleanup.cleaned': (host) => `the server cleans up after ${host}`,
};

/** Of "p@B", the name of a control block. */
function processIn(block: string): string {
  return block.slice(0, block.indexOf('@'));
}

function hostIn(block: string): string {
  return block.slice(block.indexOf('@') + 1);
}
