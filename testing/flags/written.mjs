const COLOURS = { red: 'c05543', green: '2f5230', blue: '0d507b' };
const YES_NO = { true: true, false: false };
const THREE = { new: 1, old: 2, none: 3 };

const people = (count) => Array.from({ length: count }, (_, i) => ({ targetingKey: `user-${i}` }));

/** A boolean flag whose targeting is the rule itself. */
const holds = (rule, ...contexts) => ({ flag: { state: 'ENABLED', variants: YES_NO, defaultVariant: 'false', targeting: rule }, contexts });

/** A flag with a variant for each text that the rule may come to. */
const gives = (texts, rule, ...contexts) => ({
  flag: {
    state: 'ENABLED',
    variants: Object.fromEntries([...texts, 'default'].map((text, i) => [text, i])),
    defaultVariant: 'default',
    targeting: rule,
  },
  contexts,
});

const flag = (more, ...contexts) => ({ flag: { state: 'ENABLED', variants: COLOURS, defaultVariant: 'red', ...more }, contexts });

export function written() {
  return Object.entries({
    ...definitions(), ...fractionals(), ...versions(), ...texts(), ...variables(), ...comparisons(), ...numbers(), ...lists(), ...conditions(), ...wrong(),
  }).map(([name, { flag, contexts }]) => ({ name, key: name.replaceAll(/[^a-z]+/g, '-'), flag, contexts: contexts.length ? contexts : [{}] }));
}

function definitions() {
  return {
    'no targeting': flag({}, {}, { targetingKey: 'a' }),
    'empty targeting': flag({ targeting: {} }),
    'no default variant': { flag: { state: 'ENABLED', variants: COLOURS }, contexts: [{}] },
    'null default variant': flag({ defaultVariant: null }),
    'null default variant, targeting of nothing': flag({ defaultVariant: null, targeting: { var: 'x' } }, {}, { x: 'blue' }, { x: 'pink' }),
    'disabled': flag({ state: 'DISABLED' }),
    'disabled with targeting': flag({ state: 'DISABLED', targeting: { var: 'x' } }, { x: 'blue' }),
    'targeting of null is the default': flag({ targeting: { if: [{ var: 'x' }, 'blue', null] } }, {}, { x: 1 }),
    'a variant that is not there': flag({ targeting: { if: [true, 'pink'] } }),
    'booleans are names of variants': holds({ '==': [{ var: 'x' }, 1] }, {}, { x: 1 }),
    'numbers are names of variants': gives(['1', '1.5', '1e+21', '1e-7', '0', '-3', '100000000000000000000', '123456.789', '0.000001'],
      { '+': [{ var: 'x' }] }, ...[1, 1.5, 1e21, 1e-7, -0, -3, 1e20, 123456.789, 0.000001].map((x) => ({ x }))),
    'lists are names of variants': gives(['a,b', 'a', 'a,,1,true'], { merge: [{ var: 'x' }] }, { x: ['a', 'b'] }, { x: ['a'] }, { x: ['a', null, 1, true] }, { x: [] }),
    'values of all types': { flag: { state: 'ENABLED', variants: { a: { deep: [1, { b: null }] }, b: {} }, defaultVariant: 'a', targeting: { var: 'x' } }, contexts: [{}, { x: 'b' }] },
    'flag key': gives(['flag-key'], { var: '$flagd.flagKey' }, {}, { $flagd: { flagKey: 'other' } }),
    'time': holds({ '==': [{ var: '$flagd.timestamp' }, 1700000000] }),
    'time of the context': holds({ '==': [{ var: ['$flagd.other', 7] }, 7] }, {}, { $flagd: { other: 1 } }),
    'metadata': flag({ metadata: { team: 'a', n: 1, on: true } }),
  };
}

function fractionals() {
  const of = (...parts) => ({ fractional: parts });
  const three = (rule, ...contexts) => ({ flag: { state: 'ENABLED', variants: THREE, defaultVariant: 'none', targeting: rule }, contexts });
  return {
    'by targeting key': three(of(['new', 5], ['old', 95]), ...people(60)),
    'by targeting key in halves': three(of(['new', 50], ['old', 50]), ...people(30)),
    'by an expression': three(of({ var: 'email' }, ['new', 25], ['old', 75]), ...people(20).map(({ targetingKey }) => ({ email: `${targetingKey}@example.com` }))),
    'by flag key and attribute': three(of({ cat: [{ var: '$flagd.flagKey' }, { var: 'email' }] }, ['new', 25], ['old', 75]), ...people(20).map(({ targetingKey }) => ({ email: targetingKey }))),
    'by a text': three(of('salt', ['new', 1], ['old', 1])),
    'by nothing': three(of(['new', 50], ['old', 50]), {}, { targetingKey: '' }, { targetingKey: null }, { targetingKey: 0 }, { targetingKey: 12 }, { targetingKey: true }),
    'by an attribute that is missing': three(of({ var: 'email' }, ['new', 50], ['old', 50]), {}, { targetingKey: 'a' }, { email: 1, targetingKey: 'a' }),
    'without weights': three(of(['new'], ['old']), ...people(10)),
    'some without weights': three(of(['new'], ['old', 9]), ...people(20)),
    'one part': three(of(['new', 100]), ...people(3)),
    'one part without weight': three(of(['new']), ...people(3)),
    'weights of zero': three(of(['new', 0], ['old', 100]), ...people(10)),
    'all weights zero': three(of(['new', 0], ['old', 0]), ...people(3)),
    'weights below zero count as zero': three(of(['new', { '-': [0, 5] }], ['old', 10]), ...people(5)),
    'large weights': three(of(['new', 1000000000], ['old', 1000000000]), ...people(20)),
    'weights beyond the most': three(of(['new', 2147483647], ['old', 1]), ...people(3)),
    'weights at the most': three(of(['new', 2147483646], ['old', 1]), ...people(3)),
    'weights of the context': three(of(['new', { var: 'w' }], ['old', 50]), ...people(10).map((p, i) => ({ ...p, w: i * 20 })), { targetingKey: 'a', w: 1.5 }, { targetingKey: 'a', w: '5' }, { targetingKey: 'a' }),
    'variants of the context': three(of([{ var: 'v' }, 1]), { targetingKey: 'a', v: 'new' }, { targetingKey: 'a' }, { targetingKey: 'a', v: ['new'] }, { targetingKey: 'a', v: 3 }),
    'a null variant is the default': three(of([null, 1], ['old', 1]), ...people(6)),
    'three values in a part': three(of(['new', 1, 2], ['old', 1]), ...people(2)),
    'an empty part': three(of([], ['old', 1]), ...people(2)),
    'no list': three({ fractional: 'a' }, ...people(2)),
    'an empty list': three({ fractional: [] }, ...people(2)),
    'within an if': three({ if: [{ ends_with: [{ var: 'email' }, '@ingen.com'] }, of(['new', 50], ['old', 50]), 'none'] }, ...people(10).map((p) => ({ ...p, email: `${p.targetingKey}@ingen.com` })), { targetingKey: 'a', email: 'x' }, {}),
    'one within another': three(of([of(['new', 1], ['none', 1]), 50], ['old', 50]), ...people(20)),
    'many parts': gives(Array.from({ length: 30 }, (_, i) => `v${i}`), of(...Array.from({ length: 30 }, (_, i) => [`v${i}`, i])), ...people(40)),
    'keys of each length': three(of(['new', 1], ['old', 1], ['none', 1]), ...Array.from({ length: 20 }, (_, i) => ({ targetingKey: 'k'.repeat(i + 1) }))),
  };
}

function versions() {
  const pairs = [
    ['1.2.3', '1.2.3'], ['1.2.3', '1.2.4'], ['1.10.0', '1.9.0'], ['2.0.0', '1.9.9'], ['1.0.0-alpha', '1.0.0'], ['1.0.0-alpha.1', '1.0.0-alpha'],
    ['1.0.0-alpha.9', '1.0.0-alpha.10'], ['1.0.0-9', '1.0.0-a'], ['1.0.0+a', '1.0.0+b'], ['v1.2.3', '1.2.3'], ['V1.2.3', 'v1.2.3'], ['1', '1.0.0'], ['1.2', '1.2.0'], [1, '1.0.0'], [1.5, '1.5.0'],
    ['1.2.3.4', '1.0.0'], ['abc', '1.0.0'], ['01.2.3', '1.2.3'], ['1.2.3-01', '1.2.3'], ['', '1.0.0'], [null, '1.0.0'], [true, '1.0.0'], [' 1.2.3 ', '1.2.3'], ['1.2.x', '1.2.0'], ['99999999999999999999.0.0', '1.0.0'],
    ['9007199254740991.0.0', '9007199254740990.0.0'], ['1.2.3-', '1.2.3'], ['1.0.0-a-b.c', '1.0.0-a-b'], ['vv1.2.3', '1.2.3'],
  ];
  const operators = ['=', '!=', '<', '<=', '>', '>=', '^', '~', '=='];
  return Object.fromEntries([
    ...operators.map((operator) => [`sem_ver ${operator}`, holds({ sem_ver: [{ var: 'a' }, operator, { var: 'b' }] }, ...pairs.map(([a, b]) => ({ a, b })))]),
    ['sem_ver with two arguments', holds({ sem_ver: ['1.0.0', '='] })],
    ['sem_ver of no list', holds({ sem_ver: '1.0.0' })],
  ]);
}

function texts() {
  const pairs = [['abc', 'a'], ['abc', 'c'], ['abc', ''], ['', 'a'], ['abc', 'abcd'], [1, '1'], ['1', 1], [null, 'a'], ['Abc', 'a']].map(([a, b]) => ({ a, b }));
  return {
    'starts_with': holds({ starts_with: [{ var: 'a' }, { var: 'b' }] }, ...pairs),
    'ends_with': holds({ ends_with: [{ var: 'a' }, { var: 'b' }] }, ...pairs),
    'starts_with of one': holds({ starts_with: ['a'] }),
    'starts_with of a text': holds({ starts_with: 'a' }),
    'in a text': holds({ in: [{ var: 'b' }, { var: 'a' }] }, ...pairs, { a: 'true', b: true }, { a: 'a,b', b: ['a', 'b'] }, { a: 5, b: 5 }, { a: true, b: 't' }, { a: {}, b: 't' }, { a: 0, b: 1 }),
    'in a list': holds({ in: [{ var: 'x' }, ['a', 'b', 1, true, null]] }, ...['a', 'c', 1, '1', true, null, ['a']].map((x) => ({ x })), {}),
    'in a list of the context': holds({ in: ['a', { var: 'x' }] }, { x: ['a'] }, { x: ['b'] }, { x: [] }, { x: { a: 1 } }, { x: 'cat' }, {}),
    'in with one argument': holds({ in: [{ var: 'x' }] }, { x: 'a' }),
    'cat': gives(['ab1', 'abtrue', 'ab', 'ab1,2', 'ab0.1', 'ab[object Object]'], { cat: ['a', 'b', { var: 'x' }] }, { x: 1 }, { x: true }, { x: '' }, { x: [1, 2] }, { x: 0.1 }, { x: { a: 1 } }),
    'cat of a list': gives(['ab'], { cat: { var: 'x' } }, { x: ['a', 'b'] }, { x: 'ab' }),
    'substr': gives(['new', 'w', 'ne', 'e'], { substr: [{ var: 's' }, { var: 'from' }, { var: 'n' }] }, ...[['a-new', 2, 3], ['a-new', -3, 3], ['new', 0, -1], ['new', 0, 2], ['new', 1, 1], ['new', 9, 1], ['new', -9, 9], ['new', -1, 1], ['new', 0, 0], ['new', '0', '3'], ['new', 0.9, 3], [5, 0, 1], [null, 0, 1], ['new', 0, -9]].map(([s, from, n]) => ({ s, from, n }))),
    'substr without length': gives(['new', 'w'], { substr: [{ var: 's' }, { var: 'from' }] }, { s: 'a-new', from: 2 }, { s: 'a-new', from: -3 }, { s: 'new', from: -1 }, { s: 'new' }),
  };
}

function variables() {
  const context = { a: { b: { c: 'x' }, l: ['x', 'y'] }, 'd.e': 'x', n: null, z: 0, e: '', s: 'text', f: false, 1: 'one' };
  const names = ['a.b.c', 'a.b.d', 'a.l.0', 'a.l.1', 'a.l.2', 'a.l.length', 'd.e', 'd\\.e', 'n.x', 's.length', 's.0', 'missing', 'a..b', '.', '../a', 'e', 'z', 'f', 1, '1', 'a.l.00', 'a.l.-1'];
  return Object.fromEntries([
    ...names.map((name) => [`var ${name}`, gives(['x', 'y', 't', '0', '2', '4', 'false', 'one'], { var: name }, context)]),
    ...names.filter((name) => name !== 'n').map((name) => [`var ${name} with default`, gives(['x', 'y', 't', '0', '2', '4', 'false', 'one', 'd'], { var: [name, 'd'] }, context)]),
    ['var of a list', gives(['x'], { var: ['s'] }, { s: 'x' })],
    ['var with an expression as default', gives(['x'], { var: ['t', { var: 's' }] }, { s: 'x' })],
    ['var by a var', gives(['x'], { var: { var: 's' } }, { s: 't', t: 'x' }, { s: 't' }, {})],
    ['var by a var with default', gives(['x', 'd'], { var: [{ var: 's' }, 'd'] }, { s: 't', t: 'x' }, { s: 't' })],
    ['the whole context', holds({ '!!': [{ var: '' }] }, {}, { a: 1 })],
    ['missing', holds({ missing: ['a', 'b.c'] }, {}, { a: 1 }, { a: 1, b: { c: 1 } }, { a: null, b: { c: null } }, { a: '', b: '' })],
    ['missing counted', gives(['0', '1', '2'], { reduce: [{ missing: ['a', 'b.c'] }, { '+': [1, { var: 'accumulator' }] }, 0] }, {}, { a: 1 }, { a: 1, b: { c: 1 } }, { a: null, b: { c: null } }, { a: '', b: '' })],
    ['missing names', gives(['a', 'b', 'a,b'], { cat: { missing: ['a', 'b'] } }, {}, { a: 1 }, { b: 1 }, { a: null })],
    ['missing one', holds({ '!': { missing: 'a' } }, {}, { a: 1 })],
    ['missing by an expression', holds({ '!!': { merge: { missing: { merge: ['a', ['b']] } } } }, {}, { a: 1, b: 1 })],
    ['missing_some', holds({ if: [{ missing_some: [1, ['a', 'b']] }, true, false] }, {}, { a: 1 }, { b: 1 }, { a: 1, b: 1 })],
    ['missing_some of two', holds({ if: [{ missing_some: [2, ['a', 'b', 'c']] }, true, false] }, {}, { a: 1 }, { b: 1, c: 1 }, { a: 1, b: 1, c: null })],
  ]);
}

function comparisons() {
  const values = [null, true, false, 0, 1, -1, 2.5, '', '0', '1', 'a', 'b', '10', '9', ' 1 ', '0x10', '1e1', 'Infinity', [], ['1'], {}, { a: 1 }];
  const contexts = values.flatMap((a) => values.map((b) => ({ a, b })));
  const some = contexts.filter((_, i) => i % 3 === 0);
  return {
    '==': holds({ '==': [{ var: 'a' }, { var: 'b' }] }, ...contexts),
    '<': holds({ '<': [{ var: 'a' }, { var: 'b' }] }, ...contexts),
    ...Object.fromEntries(['!=', '===', '!==', '<=', '>', '>='].map((operator) => [operator, holds({ [operator]: [{ var: 'a' }, { var: 'b' }] }, ...some)])),
    'between': holds({ '<': [1, { var: 'x' }, 5] }, ...[0, 1, 2, 5, 6, '3', 'a', null, true].map((x) => ({ x }))),
    'between, too': holds({ '<=': [1, { var: 'x' }, 5] }, ...[0, 1, 2, 5, 6, '3', 'a', null, true].map((x) => ({ x }))),
    'three equal': holds({ '===': [{ var: 'x' }, 'a', 'a'] }, { x: 'a' }, { x: 'b' }),
    'a constant first': holds({ '==': ['1', { var: 'x' }] }, { x: 1 }, { x: '1' }, { x: '1.0' }, { x: true }),
    'an object with itself': holds({ '===': [{ var: 'x' }, { var: 'x' }] }, { x: { a: 1 } }, { x: [1] }),
  };
}

function numbers() {
  const values = [0, 1, -2.5, '3', 'a', '', null, true, false, [], [1], {}, 1e308, '1e308'];
  const contexts = values.flatMap((a) => values.map((b) => ({ a, b }))).filter((_, i) => i % 2 === 0);
  const results = ['0', '1', '-2.5', '3', '2', '-1', '4', '6', '9', '0.5', '-1.5', '2.5', '-3', '-7.5', '5', '-5', '1e+308', 'Infinity', '0.3333333333333333', '-0.4', '-1.2', '-0.8333333333333334'];
  return {
    ...Object.fromEntries(['+', '-', '*', '/', '%', 'max', 'min'].map((operator) => [`${operator} of two`, gives(results, { [operator]: [{ var: 'a' }, { var: 'b' }] }, ...contexts)])),
    ...Object.fromEntries(['+', '-', '*', '/', '%', 'max', 'min'].map((operator) => [`${operator} of one`, gives(results, { [operator]: [{ var: 'a' }] }, ...values.map((a) => ({ a })))])),
    ...Object.fromEntries(['+', '-', '*', '/', '%', 'max', 'min'].map((operator) => [`${operator} of three`, gives(results, { [operator]: [{ var: 'a' }, 2, { var: 'c' }] }, ...values.map((a) => ({ a, c: 3 })))])),
    ...Object.fromEntries(['+', '-', '*', '/', '%', 'max', 'min'].map((operator) => [`${operator} of none`, gives(results, { [operator]: [] })])),
  };
}

function lists() {
  const x = (...values) => values.map((value) => ({ x: value, k: 2 }));
  return {
    'some': holds({ some: [{ var: 'x' }, { '>': [{ var: '' }, 2] }] }, ...x([1, 2, 3], [1], [], null, 'ab', 5, {}, ['a'])),
    'all': holds({ all: [{ var: 'x' }, { '>': [{ var: '' }, 2] }] }, ...x([3, 4], [1, 4], [], null, 'ab', 5)),
    'none': holds({ none: [{ var: 'x' }, { '>': [{ var: '' }, 2] }] }, ...x([1, 2], [1, 4], [], null, 5)),
    'some with a field': holds({ some: [{ var: 'x' }, { '==': [{ var: 'a.b' }, 1] }] }, ...x([{ a: { b: 1 } }], [{ a: { b: 2 } }, { c: 1 }], [null, 1])),
    'map': gives(['2,3', '2'], { map: [{ var: 'x' }, { '+': [{ var: '' }, 1] }] }, ...x([1, 2], [1], [], null, 'a')),
    'filter': gives(['1,2', '2'], { filter: [{ var: 'x' }, { '!=': [{ var: '' }, 3] }] }, ...x([1, 2, 3], [2], [3], [], null)),
    'reduce': gives(['6', '0', '10', 'abc'], { reduce: [{ var: 'x' }, { '+': [{ var: 'accumulator' }, { var: 'current' }] }, 0] }, ...x([1, 2, 3], [], null, [10], ['a'])),
    'reduce without a beginning': gives(['6', '1'], { reduce: [{ var: 'x' }, { '*': [{ var: 'current' }, { var: 'accumulator' }, 1] }] }, ...x([1, 2, 3], [1])),
    'reduce of texts': gives(['abc', 'a'], { reduce: [{ var: 'x' }, { cat: [{ var: 'accumulator' }, { var: 'current' }] }, ''] }, ...x(['a', 'b', 'c'], ['a'])),
    'reduce into lists': gives(['a,b'], { reduce: [{ var: 'x' }, { merge: [{ var: 'accumulator' }, { var: 'current' }] }, []] }, ...x(['a', 'b'], [['a'], ['b']])),
    'reduce into lists of lists': gives(['a,b'], { reduce: [{ var: 'x' }, [[{ var: 'current' }]], []] }, ...x(['a', 'b'])),
    'up to the context': holds({ some: [{ var: 'x' }, { '>': [{ var: '' }, { var: '../../k' }] }] }, ...x([1, 2, 3], [1])),
    'up two levels': holds({ some: [{ var: 'x' }, { some: [{ var: 'l' }, { '>': [{ var: '' }, { var: '../../../../k' }] }] }] }, ...x([{ l: [1, 3] }], [{ l: [1] }])),
    'too far up': holds({ some: [{ var: 'x' }, { var: ['../../../../../../k', true] }] }, ...x([1])),
    'an index of map': gives(['0,1', '0'], { map: [{ var: 'x' }, { var: '../index' }] }, ...x(['a', 'b'], ['a'])),
    'merge': gives(['1,2,3', '1,2', '1'], { merge: [[1], { var: 'x' }] }, ...x([2, 3], 2, [])),
    'a list of constants': holds({ some: [['a', 'b'], { '==': [{ var: '' }, { var: '../../x' }] }] }, ...x('a', 'c')),
    'elements of lists in lists': gives(['1,2'], { map: [{ var: 'x' }, { var: '0' }] }, ...x([[1], [2]])),
  };
}

function conditions() {
  const x = (...values) => values.map((value) => ({ x: value }));
  const all = x(0, 1, '', 'a', '0', null, true, false, [], [0], {}, { a: 0 }, -1);
  return {
    'if': gives(['yes', 'no'], { if: [{ var: 'x' }, 'yes', 'no'] }, ...all),
    'if without else': gives(['yes'], { if: [{ var: 'x' }, 'yes'] }, ...all),
    'if of one': gives(['1', 'a', 'true'], { if: [{ var: 'x' }] }, ...all),
    'if of none': gives(['1'], { if: [] }),
    'if with branches': gives(['one', 'two', 'more'], { if: [{ '==': [{ var: 'x' }, 1] }, 'one', { '==': [{ var: 'x' }, 2] }, 'two', 'more'] }, ...x(1, 2, 3)),
    'if with branches without else': gives(['one', 'two'], { if: [{ '==': [{ var: 'x' }, 1] }, 'one', { '==': [{ var: 'x' }, 2] }, 'two'] }, ...x(1, 2, 3)),
    'not': holds({ '!': [{ var: 'x' }] }, ...all),
    'not without list': holds({ '!': { var: 'x' } }, ...all),
    'not not': holds({ '!!': [{ var: 'x' }] }, ...all),
    'and': gives(['1', 'a', 'b', '0', 'false', 'true'], { and: [{ var: 'x' }, 'b'] }, ...all),
    'or': gives(['1', 'a', 'b', '0', 'true', '-1'], { or: [{ var: 'x' }, 'b'] }, ...all),
    'and of none': gives(['1'], { and: [] }),
    'or of none': gives(['1'], { or: [] }),
    'and of one': gives(['a', '1'], { and: [{ var: 'x' }] }, ...x('a', 1, null)),
    'an error that is not met': holds({ or: [{ var: 'x' }, { '>': [{ var: 'y' }, 1] }] }, { x: true, y: 'a' }, { x: false, y: 'a' }),
  };
}

function wrong() {
  return {
    'an operator that is not known': flag({ targeting: { nope: [1] } }),
    'such an operator far in': flag({ targeting: { if: [{ var: 'x' }, 'blue', { nope: 1 }] } }, {}, { x: 1 }),
    'two operators': flag({ targeting: { var: 'x', '==': [1, 1] } }),
    'log': flag({ targeting: { log: 'a' } }),
    'a constant that can not be': flag({ targeting: { if: [{ var: 'x' }, 'blue', { '+': ['a', 1] }] } }, {}, { x: 1 }),
    'if of no list': flag({ targeting: { if: 'a' } }),
    'and of no list': flag({ targeting: { and: true } }),
    'ref': flag({ targeting: { $ref: 'shared' } }),
    'an object of no operator': flag({ targeting: { if: [{ var: 'x' }, {}, 'blue'] } }, {}, { x: 1 }),
  };
}
