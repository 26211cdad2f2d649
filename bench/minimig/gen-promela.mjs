// Writes MiniMig for SPIN:  node gen-promela.mjs H=2 F=1 P=2 K=1 NS=2 > minimig.pml
const c = { H: 2, F: 1, P: 2, K: 1, NS: 2 };
for (const a of process.argv.slice(2)) {
  const [k, v] = a.split('=');
  c[k] = +v;
}
const { H, F, P, K, NS } = c;
const r = (n) => [...Array(n).keys()];
const out = [];
const w = (s) => out.push(s);
w(`/* MiniMig H=${H} F=${F} P=${P} K=${K} NS=${NS}; host ${H} = "none"/transit */`);
w(
  `byte up[${H}], cache[${H * F}], ph[${P}], home[${P}], host[${P}], dst[${P}], sl[${P * K}], sf[${NS}], sm[${NS}], rf[${NS * (H + 1)}], R[${F * H}], W[${F * H}], ca[${F}];`,
);
w(`hidden byte tf, ts, th, tg, td;`);
const shared = (f) =>
  '(' +
  r(H)
    .flatMap((h) =>
      r(H)
        .filter((g) => g !== h)
        .map((g) => `(W[${f * H + h}]>0 && R[${f * H + g}]+W[${f * H + g}]>0)`),
    )
    .join(' || ') +
  ')';
const byFile = (fn) =>
  F === 1
    ? fn(0)
    : `if ${r(F)
        .map((f) => `:: tf==${f} -> ${fn(f)}`)
        .join(' ')} fi`;
w(
  `inline recompute() { ${byFile(
    (f) =>
      `if :: ${shared(f)} -> ca[${f}]=0; ${r(H)
        .map((h) => `cache[${h * F + f}]=0`)
        .join('; ')} :: else -> ca[${f}]=1 fi`,
  )} }`,
);
w(
  `inline fopen(s,h) { tf = sf[s]-1; if :: sm[s]==1 -> W[tf*${H}+h]++; ${r(H)
    .map((i) => `if :: h!=${i} -> cache[${i * F}+tf]=0 :: else fi`)
    .join('; ')} :: else -> R[tf*${H}+h]++; ${r(H)
    .map((i) => `if :: h!=${i} && cache[${i * F}+tf]==2 -> cache[${i * F}+tf]=1 :: else fi`)
    .join('; ')} fi; recompute() }`,
);
w(
  `inline fclose(s,h) { tf = sf[s]-1; if :: sm[s]==1 -> W[tf*${H}+h]-- :: else -> R[tf*${H}+h]-- fi; recompute() }`,
);
w(
  `inline acq(s,h) { rf[(s)*${H + 1}+h]++; if :: rf[(s)*${H + 1}+h]==1 && h<${H} -> fopen(s,h) :: else fi }`,
);
w(
  `inline rel(s,h) { rf[(s)*${H + 1}+h]--; if :: rf[(s)*${H + 1}+h]==0 && h<${H} -> fclose(s,h) :: else fi; if :: ${r(
    H + 1,
  )
    .map((i) => `rf[(s)*${H + 1}+${i}]==0`)
    .join(' && ')} -> sf[s]=0; sm[s]=0 :: else fi }`,
);
const zero = (p) =>
  `ph[${p}]=0; home[${p}]=0; host[${p}]=0; dst[${p}]=0; ${r(K)
    .map((k) => `sl[${p * K + k}]=0`)
    .join('; ')}`;
const slots = (p, fn) =>
  r(K)
    .map((k) => `if :: sl[${p * K + k}]>0 -> ts=sl[${p * K + k}]-1; ${fn} :: else fi`)
    .join('; ');
const absent = (q) =>
  `ph[${q}]==0` +
  r(q)
    .map((x) => ` && ph[${x}]!=0`)
    .join('');
const free = (s) =>
  `sf[${s}]==0` +
  r(s)
    .map((x) => ` && sf[${x}]!=0`)
    .join('');
const I1 = r(NS).flatMap((s) =>
  r(H + 1).map(
    (h) =>
      `rf[${s * (H + 1) + h}] == ` +
      r(P)
        .flatMap((p) =>
          r(K).map(
            (k) =>
              `(sl[${p * K + k}]==${s + 1})*` +
              (h < H
                ? `((ph[${p}]!=0 && host[${p}]==${h})+(ph[${p}]==3 && dst[${p}]==${h}))`
                : `(ph[${p}]==2)`),
          ),
        )
        .join('+'),
  ),
);
const I2 = r(F).flatMap((f) =>
  r(H).flatMap((h) =>
    [0, 1].map(
      (m) =>
        `${m ? 'W' : 'R'}[${f * H + h}] == ` +
        r(NS)
          .map((s) => `(sf[${s}]==${f + 1} && sm[${s}]==${m} && rf[${s * (H + 1) + h}]>0)`)
          .join('+'),
    ),
  ),
);
const I3 = r(F).map((f) => `(ca[${f}]==1) == !${shared(f)}`);
const I4 = r(F).flatMap((f) =>
  r(H).flatMap((h) => [
    `(cache[${h * F + f}]==0 || (ca[${f}]==1 && up[${h}]==1))`,
    `(cache[${h * F + f}]!=2 || (${r(H)
      .filter((g) => g !== h)
      .map((g) => `cache[${g * F + f}]==0`)
      .join(' && ')}))`,
  ]),
);
w(`#define INV (${[...I1, ...I2, ...I3, ...I4].map((x) => `(${x})`).join(' && ')})`);
w('active proctype sys() {');
w(
  `  d_step { ${r(H)
    .map((h) => `up[${h}]=1`)
    .join('; ')}; ${r(F)
    .map((f) => `ca[${f}]=1`)
    .join('; ')} }`,
);
w('  do');
w('  :: !INV -> assert(false)');
const opt = (g, b) => w(`  :: d_step { ${g} -> ${b}; tf=0; ts=0; th=0; tg=0; td=0 }`);
for (const h of r(H)) {
  for (const q of r(P))
    opt(`up[${h}]==1 && ${absent(q)}`, `ph[${q}]=1; home[${q}]=${h}; host[${q}]=${h}`);
  opt(`up[${h}]==0`, `up[${h}]=1`);
  opt(
    `up[${h}]==1`,
    `up[${h}]=0; ${r(F)
      .map((f) => `cache[${h * F + f}]=0`)
      .join('; ')}; ` +
      r(P)
        .map(
          (p) =>
            `th=host[${p}]; td=dst[${p}]; if :: ph[${p}]==1 && (th==${h} || home[${p}]==${h}) -> ${slots(p, 'rel(ts,th)')}; ${zero(p)} :: ph[${p}]==2 && (td==${h} || home[${p}]==${h}) -> ${slots(p, `rel(ts,${H}); if :: th!=${H} -> rel(ts,th) :: else fi`)}; ${zero(p)} :: ph[${p}]==3 && (td==${h} || home[${p}]==${h}) -> ${slots(p, `if :: th!=${H} -> rel(ts,th) :: else fi; rel(ts,td)`)}; ${zero(p)} :: ph[${p}]>=2 && td!=${h} && home[${p}]!=${h} && th==${h} -> ${slots(p, `rel(ts,${h})`)}; host[${p}]=${H} :: else fi`,
        )
        .join('; '),
  );
}
for (const p of r(P)) {
  for (const k of r(K)) {
    const i = p * K + k;
    for (const f of r(F))
      for (const m of [0, 1])
        for (const s of r(NS))
          opt(
            `ph[${p}]==1 && sl[${i}]==0${r(k)
              .map((x) => ` && sl[${p * K + x}]!=0`)
              .join('')} && ${free(s)}`,
            `th=host[${p}]; sl[${i}]=${s + 1}; sf[${s}]=${f + 1}; sm[${s}]=${m}; acq(${s},th)`,
          );
    opt(`ph[${p}]==1 && sl[${i}]!=0`, `th=host[${p}]; ts=sl[${i}]-1; sl[${i}]=0; rel(ts,th)`);
    opt(
      `ph[${p}]==1 && sl[${i}]!=0 && ca[sf[sl[${i}]-1]-1]==1 && ((sm[sl[${i}]-1]==1 && cache[host[${p}]*${F}+sf[sl[${i}]-1]-1]!=2) || (sm[sl[${i}]-1]==0 && cache[host[${p}]*${F}+sf[sl[${i}]-1]-1]==0))`,
      `ts=sl[${i}]-1; tf=sf[ts]-1; cache[host[${p}]*${F}+tf]=1+sm[ts]`,
    );
  }
  for (const q of r(P))
    if (q !== p)
      opt(
        `ph[${p}]==1 && ${absent(q)}`,
        `th=host[${p}]; ph[${q}]=1; home[${q}]=home[${p}]; host[${q}]=th; ${r(K)
          .map((k) => `sl[${q * K + k}]=sl[${p * K + k}]`)
          .join('; ')}; ${slots(p, 'acq(ts,th)')}`,
      );
  opt(`ph[${p}]==1`, `th=host[${p}]; ${slots(p, 'rel(ts,th)')}; ${zero(p)}`);
  for (const t of r(H))
    opt(
      `ph[${p}]==1 && host[${p}]!=${t} && up[${t}]==1`,
      `th=host[${p}]; ph[${p}]=2; dst[${p}]=${t}; ${slots(p, `acq(ts,${H}); tf=sf[ts]-1; if :: sm[ts]==1 && cache[th*${F}+tf]==2 -> cache[th*${F}+tf]=1 :: else fi`)}`,
    );
  opt(`ph[${p}]==2`, `td=dst[${p}]; ph[${p}]=3; ${slots(p, `acq(ts,td); rel(ts,${H})`)}`);
  opt(
    `ph[${p}]==3`,
    `th=host[${p}]; if :: th!=${H} -> ${slots(p, 'rel(ts,th)')} :: else fi; ph[${p}]=1; host[${p}]=dst[${p}]; dst[${p}]=0`,
  );
}
w('  od }');
console.log(out.join('\n'));
