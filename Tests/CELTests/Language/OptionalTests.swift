import CEL
import Testing

@Suite("Optional values")
struct OptionalTests {
    @Test(
        "What may be absent",
        arguments: Case.table(
            """
            optional.of(1) => optional(1)
            optional.none() => none
            optional.of(1).value() => 1
            optional.none().value() => ! optional.none() dereference
            optional.of(1).hasValue() => true
            optional.none().hasValue() => false
            optional.ofNonZeroValue(0) => none
            optional.ofNonZeroValue('') => none
            optional.ofNonZeroValue([]) => none
            optional.ofNonZeroValue(5) => optional(5)
            optional.none().orValue(5) => 5
            optional.of(1).orValue(5) => 1
            optional.of(1).orValue(1 / 0) => 1
            optional.none().or(optional.of(2)) => optional(2)
            optional.of(1).or(optional.of(2)) => optional(1)
            optional.of(1) == optional.of(1) => true
            optional.of(1) == optional.none() => false
            optional.none() == optional.none() => true
            {'a': 1}.?a => optional(1)
            {'a': 1}.?b => none
            {'a': 1}[?'b'] => none
            {'a': 1}[?'a'].orValue(7) => 1
            [1, 2][?1] => optional(2)
            [1, 2][?5] => none
            {'a': {'b': 1}}.?a.b => optional(1)
            {'a': {'b': 1}}.?x.b => none
            {'a': {'b': 1}}.?a.?c.orValue(9) => 9
            has({'a': {'b': 1}}.?a.b) => true
            has({'a': {'b': 1}}.?x.b) => false
            optional.of({'a': 1}).a => optional(1)
            optional.of([1, 2])[1] => optional(2)
            optional.of({'a': 1}).b => none
            [?optional.of(1), ?optional.none(), optional.of(3).value()] => [1, 3]
            {?'a': optional.of(1), ?'b': optional.none()} => {'a': 1}
            [?1] => !! expected type 'optional_type(int)' but found 'int'
            [?dyn(1)] => ! cannot initialize optional list element from non-optional value 1
            optional.of(1).optMap(x, x + 1) => optional(2)
            optional.none().optMap(x, x + 1) => none
            optional.of(1).optFlatMap(x, optional.none()) => none
            optional.of(1).optFlatMap(x, optional.of(x + 1)) => optional(2)
            optional.of(1).optMap(1, 2) => !! optMap() variable name must be a simple identifier
            [1, 2].first() => optional(1)
            [1, 2].last() => optional(2)
            [].last() => none
            optional.unwrap([optional.of(1), optional.none()]) => [1]
            [optional.of(1), optional.none()].unwrapOpt() => [1]
            dyn({'a': null}).?a => optional(null)
            dyn(5).?a => none
            """.replacing("=> ! cannot initialize", with: "=> !! program instantiation failed: cannot initialize")))
    func optional(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test("Before Kubernetes 1.28 there were none")
    func version() {
        let old = CELEnvironment.kubernetes(CELEnvironment.Version(minor: 27))
        #expect(outcome(of: "{'a': 1}.?a", in: old) == "!! unsupported syntax '.?'")
        #expect(outcome(of: "{'a': 1}[?'a']", in: old) == "!! unsupported syntax '[?'")
        #expect(outcome(of: "[?1]", in: old) == "!! unsupported syntax '?'")
    }
}
