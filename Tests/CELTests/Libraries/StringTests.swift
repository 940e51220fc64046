import CEL
import Testing

@Suite("Texts")
struct StringTests {
    @Test(
        "Texts are counted in code points",
        arguments: Case.table(
            #"""
            'hello'.contains('ell') => true
            'hello'.contains('') => true
            'hello'.contains('lo!') => false
            'aaab'.contains('aab') => true
            'hello'.startsWith('he') => true
            'hello'.startsWith('') => true
            'hello'.endsWith('llo') => true
            'hello'.endsWith('hello!') => false
            'tacocat'.charAt(3) => 'o'
            'tacocat'.charAt(7) => ''
            'tacocat'.charAt(8) => ! index out of range: 8
            'tacocat'.charAt(-1) => ! index out of range: -1
            '©αT'.charAt(0) => '©'
            'tacocat'.indexOf('ac') => 1
            'tacocat'.indexOf('x') => -1
            'tacocat'.indexOf('') => 0
            'tacocat'.indexOf('a', 3) => 5
            'tacocat'.indexOf('a', 30) => -1
            'tacocat'.indexOf('a', -1) => ! index out of range: -1
            'ta©o©αT'.indexOf('©', 3) => 4
            'tacocat'.lastIndexOf('at') => 5
            'tacocat'.lastIndexOf('a', 4) => 1
            'tacocat'.lastIndexOf('') => 7
            'tacocat'.lastIndexOf('x') => -1
            'TacoCÆt'.lowerAscii() => 'tacocÆt'
            'tacoCæt'.upperAscii() => 'TACOCæT'
            'a b a'.replace('a', 'x') => 'x b x'
            'a b a'.replace('a', 'x', 1) => 'x b a'
            'a b a'.replace('a', 'x', 0) => 'a b a'
            'a b a'.replace('a', 'x', -1) => 'x b x'
            'ab'.replace('', '-') => '-a-b-'
            'a,b,c'.split(',') => ['a', 'b', 'c']
            'a,b,c'.split(',', 2) => ['a', 'b,c']
            'a,b,c'.split(',', 0) => []
            'a,b,c'.split(',', -1) => ['a', 'b', 'c']
            'añb'.split('') => ['a', 'ñ', 'b']
            'tacocat'.substring(4) => 'cat'
            'tacocat'.substring(7) => ''
            'tacocat'.substring(0, 4) => 'taco'
            'tacocat'.substring(9) => ! index out of range: 9
            'tacocat'.substring(2, 1) => ! invalid substring range. start: 2, end: 1
            'tacocat'.substring(0, 99) => ! index out of range: 99
            ' \f\n\r\t\vtext\u0085\u2000 '.trim() => 'text'
            '\u200btext'.trim() == 'text' => false
            ['a', 'b'].join() => 'ab'
            ['a', 'b'].join('-') => 'a-b'
            [].join('-') => ''
            strings.quote('a"b\n') => '"a\"b\n"'
            strings.quote('ф') => '"ф"'
            """#))
    func text(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Texts are put together by a format",
        arguments: Case.table(
            #"""
            'no %% clause'.format([]) => 'no % clause'
            '%s and %s'.format(['a', 'b']) => 'a and b'
            '%d%%'.format([5]) => '5%'
            '%s'.format([1.5]) => '1.5'
            '%s'.format([null]) => 'null'
            '%s'.format([true]) => 'true'
            '%s'.format([b'abc']) => 'abc'
            '%s'.format([duration('1h')]) => '3600s'
            '%s'.format([timestamp('2026-01-01T00:00:00Z')]) => '2026-01-01T00:00:00Z'
            '%s'.format([[1, 2]]) => '[1, 2]'
            '%s'.format([['a', 'b']]) => '["a", "b"]'
            '%s'.format([{'b': 1, 'a': 2}]) => '{"a":2, "b":1}'
            '%s'.format([int]) => 'int'
            '%d'.format([5u]) => '5'
            '%.2f'.format([1234.567]) => '1,234.57'
            '%f'.format([0.5]) => '0.500000'
            '%.1f'.format(['NaN']) => 'NaN'
            '%.3e'.format([1052.03]) => '1.052 × 10⁰³'
            '%b'.format([5]) => '101'
            '%b'.format([true]) => '1'
            '%o'.format([11]) => '13'
            '%x'.format([255]) => 'ff'
            '%X'.format(['Hi']) => '4869'
            '%x'.format([b'az']) => '617a'
            '%x'.format([-30]) => '-1e'
            '%s %d'.format(['a', 1]) => 'a 1'
            '%d'.format(['a']) => !! error during formatting: decimal clause can only be used on integers, was given string
            '%d'.format([dyn('a')]) => ! error during formatting: decimal clause can only be used on integers, was given string
            '%s %s'.format(['a']) => !! index 1 out of range
            '%s'.format(['a', 'b']) => !! too many arguments supplied to string.format (expected 1, got 2)
            '%q'.format(['a']) => !! could not parse formatting clause: unrecognized formatting clause "q"
            '%'.format(['a']) => !! unexpected end of string
            """#.replacing(" × ", with: "\u{202F}×\u{202F}")
                .replacing("=> !! error during formatting: ", with: "=> !! error during formatting: ")))
    func format(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Patterns are looked for anywhere",
        arguments: Case.table(
            #"""
            'abc'.matches('b') => true
            'abc'.matches('^b') => false
            'abc'.matches('^abc$') => true
            matches('abc', 'a.c') => true
            'abc'.matches('(') => !! invalid matches argument
            'abc'.matches('a' + '(') => ! error parsing regexp: missing closing ): `a(`
            'abc 123'.find('[0-9]+') => '123'
            'abc'.find('[0-9]+') => ''
            'a1b22c333'.findAll('[0-9]+') => ['1', '22', '333']
            'a1b22c333'.findAll('[0-9]+', 2) => ['1', '22']
            'a1'.findAll('[0-9]+', 0) => []
            'abc'.findAll('x*') => ['', '', '', '']
            'baaab'.findAll('a*') => ['', 'aaa', '']
            'abc'.find('a' + '(') => ! Illegal regex: error parsing regexp: missing closing ): `a(`
            """#))
    func patterns(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }
}
