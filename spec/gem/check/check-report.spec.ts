import { checkHtml, checkJUnit, type RuleResult } from '../../../src/gem';
import { parseXml, textOf, type XmlNode } from './xml';

const results: readonly RuleResult[] = [
  {
    id: 'G-1',
    what: 'it is',
    verdict: 'PASS',
    reason: '',
    trace: ['// out\nS1F1 W.', '// in\nS1F2\n<L[0]>.'],
  },
  {
    id: 'G-2',
    what: "text & <tags> of a tool's own",
    verdict: 'FAIL',
    reason: 'no time: "<img onerror=x>" \u0000\u001b[31m \ufffe',
    trace: ['S2F18\n<A "<script>alert(1)</script> ]]> \u0007">.'],
  },
  { id: 'G-3', what: 'three', verdict: 'SKIP', reason: "it's not served", trace: [] },
];

const all = (node: XmlNode, name: string): XmlNode[] =>
  node.children.flatMap((child) =>
    typeof child === 'string' ? [] : [...(child.name === name ? [child] : []), ...all(child, name)],
  );

describe('checkJUnit', () => {
  it('is XML with a test case for each rule', () => {
    const [suite] = all(parseXml(checkJUnit(results)), 'testsuite');
    expect(suite?.attributes).toMatchObject({ name: 'GEM', tests: '3', failures: '1', skipped: '1' });
    const cases = all(suite as XmlNode, 'testcase');
    expect(cases.map(({ attributes }) => attributes['name'])).toEqual([
      'G-1 it is',
      "G-2 text & <tags> of a tool's own",
      'G-3 three',
    ]);
    const [failure] = all(suite as XmlNode, 'failure');
    expect(failure?.attributes['message']).toBe('no time: "<img onerror=x>" \ufffd\ufffd[31m \ufffd');
    expect(textOf(failure as XmlNode)).toContain('<script>alert(1)</script> ]]> \ufffd');
    expect(all(suite as XmlNode, 'skipped')[0]?.attributes['message']).toBe("it's not served");
  });

  it('is whole without results', () => {
    expect(all(parseXml(checkJUnit([])), 'testsuite')[0]?.attributes['tests']).toBe('0');
  });
});

describe('checkHtml', () => {
  it('is a page with sums, verdicts and traces, in which text of a tool is text', () => {
    const page = checkHtml(results, 'tool <7>');
    // Its only elements without an end are these; closed, it is XML too.
    const root = parseXml(page.replace('<!doctype html>', '').replace(/<(meta|link)([^>]*)>/g, '<$1$2/>'));
    expect(textOf(all(root, 'h1')[0] as XmlNode)).toBe('tool <7>');
    expect(textOf(root)).toContain('1 PASS, 1 FAIL, 1 SKIP');
    const rows = all(root, 'tr').filter(({ attributes }) => attributes['class'] !== undefined);
    expect(rows.map(({ attributes }) => attributes['class'])).toEqual(['PASS', 'FAIL', 'SKIP']);
    expect(textOf(rows[1] as XmlNode)).toContain('<script>alert(1)</script>');
    expect(all(root, 'pre').map(textOf)[0]).toBe('// out\nS1F1 W.\n// in\nS1F2\n<L[0]>.');
    expect(all(root, 'script')).toEqual([]);
    expect(all(root, 'img')).toEqual([]);
  });
});

it.each<[string, object, string]>([
  [
    'verdict',
    { verdict: 'MAYBE' },
    "results[0].verdict must be 'PASS', 'FAIL' or 'SKIP', received the string \"MAYBE\"",
  ],
  ['reason', { reason: 7 }, 'results[0].reason must be a string, received 7'],
  ['trace', { trace: [7] }, 'results[0].trace must be a string, received 7'],
])('a %s that is none is refused', (_name, wrong, message) => {
  const result = { id: 'G-1', what: 'x', verdict: 'PASS', reason: '', trace: [], ...wrong };
  expect(() => checkJUnit([result as never])).toThrow(message);
  expect(() => checkHtml([result as never])).toThrow(message);
});
