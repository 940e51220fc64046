import CEL
import Testing

@Suite("Literals")
struct LiteralTests {
    @Test(
        "A literal is the value it names",
        arguments: Case.table(
            #"""
            null => null
            true => true
            0 => 0
            42 => 42
            -42 => -42
            0x2A => 42
            -0x2a => -42
            9223372036854775807 => 9223372036854775807
            -9223372036854775808 => -9223372036854775808
            9223372036854775808 => !! invalid int literal
            18446744073709551615u => 18446744073709551615u
            0xFFu => 255u
            7U => 7u
            18446744073709551616u => !! invalid uint literal
            1.5 => 1.5
            -2.5e3 => -2500.0
            .25 => 0.25
            1e-2 => 0.01
            1E+2 => 100.0
            1e999 => !! invalid double literal
            'a' => 'a'
            "a'b" => 'a'b'
            'a"b' => 'a"b'
            '' => ''
            '''a'b''' => 'a'b'
            """a"b""" => 'a"b'
            r'\d+\n' => '\d+\n'
            R"\s" => '\s'
            r'''\'''' => !! Syntax error: token recognition error at: '''
            '\x41\X42' => 'AB'
            '\101\102' => 'AB'
            '\u0041\U0001F431' => 'A🐱'
            '\'\"\`\?\\' => ''"`?\'
            '\377' => 'ÿ'
            '\ud800' => !! unable to unescape string
            b'abc' => b'abc'
            B"abc" => b'abc'
            b'\303\277' == b'ÿ' => true
            br'\x41' => b'\x41'
            size(b'\377') => 1
            b'\u0041' => !! unable to unescape string
            '\q' => !! Syntax error: token recognition error at: ''\q'
            'abc => !! Syntax error: token recognition error at: ''abc'
            [] => []
            [1, 2, 3] => [1, 2, 3]
            [1, 2, 3,] => [1, 2, 3]
            {} => {}
            {'a': 1, 'b': 2} => {'a': 1, 'b': 2}
            {'a': 1,} => {'a': 1}
            {1: 'a', 2: 'b'} => {1: 'a', 2: 'b'}
            {true: 1u} => {true: 1u}
            {'a': 1, 'a': 2} => {'a': 2}
            {1.5: 'a'} => ! unsupported key type: double
            1 // a comment => 1
            """#.replacing("{1.5: 'a'} => ! ", with: "{1.5: 'a'} => !! program instantiation failed: ")))
    func literal(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test("Line ends within a literal are one newline, however they are written")
    func lineEnds() {
        #expect(outcome(of: "'''a\r\nb\rc'''") == "'a\nb\nc'")
    }

    @Test("White space and comments are no part of an expression")
    func whiteSpace() {
        #expect(outcome(of: "\t1\r\n + // one\n\u{0C}2") == "3")
    }
}
