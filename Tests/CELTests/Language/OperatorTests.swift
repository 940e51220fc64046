import CEL
import Testing

@Suite("Operators")
struct OperatorTests {
    @Test(
        "Arithmetic never wraps around",
        arguments: Case.table(
            """
            1 + 2 => 3
            5 - 7 => -2
            6 * 7 => 42
            7 / 2 => 3
            -7 / 2 => -3
            7 % 3 => 1
            -7 % 3 => -1
            1u + 2u => 3u
            5u - 7u => ! unsigned integer overflow
            7u / 2u => 3u
            7u % 4u => 3u
            1.5 + 2.0 => 3.5
            1.0 / 4.0 => 0.25
            1.0 / 0.0 => inf
            -1.0 / 0.0 => -inf
            1 / 0 => ! division by zero
            1 % 0 => ! modulus by zero
            1u / 0u => ! division by zero
            1u % 0u => ! modulus by zero
            9223372036854775807 + 1 => ! integer overflow
            -9223372036854775808 - 1 => ! integer overflow
            9223372036854775807 * 2 => ! integer overflow
            -9223372036854775808 / -1 => ! integer overflow
            -9223372036854775808 % -1 => ! integer overflow
            -(-9223372036854775808) => ! integer overflow
            18446744073709551615u + 1u => ! unsigned integer overflow
            18446744073709551615u * 2u => ! unsigned integer overflow
            1 + 2 * 3 => 7
            (1 + 2) * 3 => 9
            10 - 3 - 2 => 5
            100 / 10 / 2 => 5
            --3 => 3
            ---3 => -3
            -(1 + 2) => -3
            !true => false
            !!true => true
            !!!true => false
            1 + 1.0 => !! found no matching overload for '_+_' applied to '(int, double)'
            1 + 1u => !! found no matching overload for '_+_' applied to '(int, uint)'
            1.0 % 2.0 => !! found no matching overload for '_%_' applied to '(double, double)'
            -1u => !! found no matching overload for '-_' applied to '(uint)'
            -(1u) => !! found no matching overload for '-_' applied to '(uint)'
            'a' + 'b' => 'ab'
            b'a' + b'b' => b'ab'
            [1] + [2, 3] => [1, 2, 3]
            [] + [] => []
            'a' - 'b' => !! found no matching overload for '_-_' applied to '(string, string)'
            """))
    func arithmetic(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "A decisive side decides, whatever is wrong with the other",
        arguments: Case.table(
            """
            true && true => true
            true && false => false
            false || true => true
            false || false => false
            false && 1 / 0 > 0 => false
            1 / 0 > 0 && false => false
            1 / 0 > 0 && true => ! division by zero
            true && 1 / 0 > 0 => ! division by zero
            true || 1 / 0 > 0 => true
            1 / 0 > 0 || true => true
            1 / 0 > 0 || false => ! division by zero
            1 / 0 > 0 || 1 % 0 > 0 => ! division by zero
            dyn(1) && false => false
            false && dyn('x') => false
            dyn(1) && true => ! no such overload
            dyn('a') || true => true
            true || false && false => true
            (true || false) && false => false
            true && true && true && true && false => false
            false || false || false || true => true
            1 && true => !! expected type 'bool' but found 'int'
            'a' || true => !! expected type 'bool' but found 'string'
            true ? 1 : 2 => 1
            false ? 1 : 2 => 2
            false ? 1 / 0 : 2 => 2
            true ? 1 : 1 / 0 => 1
            1 / 0 > 0 ? 1 : 2 => ! division by zero
            true ? false ? 1 : 2 : 3 => !! Syntax error: mismatched input '?' expecting ':'
            true ? (false ? 1 : 2) : 3 => 2
            false ? 1 : false ? 2 : 3 => 3
            1 ? 2 : 3 => !! found no matching overload for '_?_:_' applied to '(int, int, int)'
            true ? 1 : 'a' => !! found no matching overload for '_?_:_' applied to '(bool, int, string)'
            dyn(1) ? 2 : 3 => ! no such overload
            """))
    func logic(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Equality goes by value, order by kind",
        arguments: Case.table(
            """
            1 == 1 => true
            1 != 2 => true
            dyn(1) == 1.0 => true
            dyn(1) == 1u => true
            dyn(1.5) == 1 => false
            dyn('1') == 1 => false
            dyn(null) == 1 => false
            null == null => true
            'a' == 'A' => false
            'é' == 'e\\u0301' => false
            b'a' == b'a' => true
            [1, 2] == [1, 2] => true
            [1, 2] == [2, 1] => false
            [1] == [1, 2] => false
            dyn([1, 2]) == [1.0, 2.0] => true
            {'a': 1, 'b': 2} == {'b': 2, 'a': 1} => true
            {'a': 1} == {'a': 2} => false
            {'a': 1} == {'b': 1} => false
            dyn({1: 'a'}) == {1u: 'a'} => true
            [[1]] == [[1]] => true
            type(1) == int => true
            int == int => true
            int != uint => true
            1 < 2 => true
            2 <= 2 => true
            3 > 2 => true
            2 >= 3 => false
            1 < 2u => true
            -1 < 1u => true
            1u < -1 => false
            1 < 1.5 => true
            1.5 > 1u => true
            dyn(18446744073709551615u) > 9223372036854775807 => true
            'a' < 'b' => true
            'B' < 'a' => true
            'a' < 'aa' => true
            b'a' < b'b' => true
            false < true => true
            1 < 'a' => !! found no matching overload for '_<_' applied to '(int, string)'
            dyn(1) < dyn('a') => ! no such overload
            [1] < [2] => !! found no matching overload for '_<_' applied to '(list(int), list(int))'
            null < null => ! no such overload
            double('NaN') == double('NaN') => false
            double('NaN') != double('NaN') => true
            double('NaN') < 1.0 => ! NaN values cannot be ordered
            1 == 'a' => !! found no matching overload for '_==_' applied to '(int, string)'
            1 == 1.0 => !! found no matching overload for '_==_' applied to '(int, double)'
            1 == null => !! found no matching overload for '_==_' applied to '(int, null)'
            timestamp('2026-01-01T00:00:00Z') == null => false
            """))
    func comparison(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Selection and membership",
        arguments: Case.table(
            """
            [1, 2, 3][1] => 2
            [1, 2, 3][3] => ! index out of bounds: 3
            [1, 2, 3][-1] => ! index out of bounds: -1
            [1, 2, 3][dyn(1.0)] => 2
            [1, 2, 3][dyn(1u)] => 2
            [1, 2, 3][dyn(1.5)] => ! unsupported index value 1.5 in list
            [1, 2, 3][dyn('a')] => ! unsupported index type 'string' in list
            [1, 2, 3]['a'] => !! found no matching overload for '_[_]' applied to '(list(int), string)'
            {'a': 1}.a => 1
            {'a': 1}['a'] => 1
            {'a': 1}.b => ! no such key: b
            {'a': 1}['b'] => ! no such key: b
            {1: 'a'}[dyn(1.0)] => 'a'
            {1: 'a'}[dyn(1u)] => 'a'
            {'a': {'b': [1, 2]}}.a.b[1] => 2
            {'a': 1}[1] => !! found no matching overload for '_[_]' applied to '(map(string, int), int)'
            1.a => !! type 'int' does not support field selection
            dyn(1).a => ! no such key: a
            dyn(null).a => ! no such key: a
            has({'a': 1}.a) => true
            has({'a': 1}.b) => false
            has({'a': null}.a) => true
            has(dyn({'a': {'b': 1}}).a.c) => false
            has(dyn({'a': 1}).x.c) => ! no such key: x
            has('a') => !! invalid argument to has() macro
            has({'a': 1}['a']) => !! invalid argument to has() macro
            2 in [1, 2] => true
            3 in [1, 2] => false
            3 in [] => false
            'a' in {'a': 1} => true
            'b' in {'a': 1} => false
            dyn(1.0) in [1, 2] => true
            dyn(1u) in [1, 2] => true
            dyn('a') in [1, 2] => false
            [1] in [[1], [2]] => true
            dyn(1) in dyn(5) => ! no such overload
            1 in 'abc' => !! found no matching overload for '@in' applied to '(int, string)'
            """))
    func selection(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }
}
