import CEL
import Testing

@Suite("Macros")
struct MacroTests {
    @Test(
        "Macros over one variable",
        arguments: Case.table(
            """
            [1, 2, 3].all(x, x > 0) => true
            [1, 2, 3].all(x, x > 1) => false
            [].all(x, x > 1) => true
            [1, 0, 2].all(x, 6 / x < 4) => false
            [0, 3].all(x, 6 / x < 4) => ! division by zero
            [0, 3].all(x, 6 / x < 2) => false
            [1, 2, 3].exists(x, x == 2) => true
            [1, 2, 3].exists(x, x == 4) => false
            [].exists(x, x == 4) => false
            [0, 3].exists(x, 6 / x == 2) => true
            [0, 3].exists(x, 6 / x == 3) => ! division by zero
            [1, 2, 2].exists_one(x, x == 1) => true
            [1, 2, 2].exists_one(x, x == 2) => false
            [1, 2].existsOne(x, x == 2) => true
            [0, 2].exists_one(x, 2 / x == 1) => ! division by zero
            [1, 2, 3].map(x, x * 2) => [2, 4, 6]
            [1, 2, 3].map(x, x > 1, x * 2) => [4, 6]
            [1, 0].map(x, 1 / x) => ! division by zero
            [1, 2, 3, 4].filter(x, x % 2 == 0) => [2, 4]
            [].map(x, x) => []
            {'a': 1, 'b': 2}.all(k, k < 'c') => true
            {'a': 1, 'b': 2}.map(k, k) => ['a', 'b']
            {'a': 1, 'b': 2}.filter(k, k == 'a') => ['a']
            {'a': 1, 'b': 2}.exists_one(k, k == 'a') => true
            [[1, 2], [3]].map(x, x.map(y, y + 1)) => [[2, 3], [4]]
            [1, 2].map(x, [x].map(x, x + 1)) => [[2], [3]]
            [1, 2].map(x, [3, 4].map(y, x * y)) => [[3, 4], [6, 8]]
            [[1], [2]].all(x, x.exists(y, y > 0)) => true
            dyn([1, 2]).map(x, x) => [1, 2]
            dyn(5).map(x, x) => ! got 'int', expected iterable type
            1.map(x, x) => !! expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)
            [1].map(x.y, x) => !! argument is not an identifier
            [1].all(1, true) => !! argument must be a simple name
            [1].all(__result__, true) => !! iteration variable overwrites accumulator variable
            [1].all(x, x) => !! expected type 'bool' but found 'int'
            [1].all(x) => !! undeclared reference to 'all' (in container '')
            [1].filter(x, x > 0).size() => 1
            size([1, 2, 3].filter(x, x > 1)) == 2 => true
            ['a', 'b'].map(x, x + x) => ['aa', 'bb']
            [1, 2, 3].filter(x, x > 1).map(x, x * 10).exists(x, x == 30) => true
            """))
    func oneVariable(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test(
        "Macros over two variables",
        arguments: Case.table(
            """
            [1, 2].all(i, v, i < v) => true
            [1, 1].all(i, v, i < v) => false
            {'a': 1}.all(k, v, k == 'a' && v == 1) => true
            [5, 6].exists(i, v, i == 1 && v == 6) => true
            {'a': 1, 'b': 2}.exists(k, v, v == 3) => false
            {'a': 1, 'b': 1}.existsOne(k, v, v == 1) => false
            {'a': 1, 'b': 2}.exists_one(k, v, v == 1) => true
            [4, 5].transformList(i, v, i * v) => [0, 5]
            [4, 5].transformList(i, v, i > 0, v) => [5]
            {'a': 1}.transformList(k, v, k) => ['a']
            [4, 5].transformMap(i, v, v * 2) => {0: 8, 1: 10}
            {'a': 1, 'b': 2}.transformMap(k, v, v + 1) => {'a': 2, 'b': 3}
            {'a': 1, 'b': 2}.transformMap(k, v, v > 1, v) => {'b': 2}
            {'a': 'x'}.transformMapEntry(k, v, {v: k}) => {'x': 'a'}
            ['x', 'y'].transformMapEntry(i, v, {v: i}) => {'x': 0, 'y': 1}
            ['x', 'x'].transformMapEntry(i, v, {v: i}) => ! insert failed: key x already exists
            ['x', 'y'].transformMapEntry(i, v, i > 0, {v: i}) => {'y': 1}
            [1].all(x, x, true) => !! duplicate variable name: x
            [1].all(1, y, true) => !! argument must be a simple name
            """))
    func twoVariables(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test("A bound value is computed once, when it is first read")
    func bind() {
        let environment = CELEnvironment.kubernetes().enabling(.bindings)
        #expect(outcome(of: "cel.bind(a, 1 + 2, a * a)", in: environment) == "9")
        #expect(outcome(of: "cel.bind(a, 1 / 0, true)", in: environment) == "true")
        #expect(outcome(of: "cel.bind(a, [1, 2].map(x, x * 2), [3, 4].map(y, y + a[0]))", in: environment) == "[5, 6]")
        #expect(outcome(of: "cel.bind(a, 1, cel.bind(b, a + 1, [a, b]))", in: environment) == "[1, 2]")
        #expect(
            outcome(of: "cel.bind(1, 2, 3)", in: environment)
                == "!! cel.bind() variable names must be simple identifiers")
        #expect(outcome(of: "cel.bind(a, 1, a)") == "!! undeclared reference to 'cel' (in container '')")
    }

    @Test("Nested macros that use their target twice are compiled in reasonable time")
    func nestedOptionals() {
        let chain = "optional.of(1)" + String(repeating: ".optMap(x, x)", count: 60)
        #expect(throws: Never.self) { try CELEnvironment.kubernetes().compile(chain) }
        // Evaluating doubles with each link, which the cost limit ends.
        #expect(outcome(of: chain) == "! operation cancelled: actual cost limit exceeded")
    }
}
