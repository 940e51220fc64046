import Machinery
import Testing

@Suite struct HeapTests {
    @Test(arguments: [
        [], [1], [2, 1], [5, 3, 8, 1, 9, 2, 7], [4, 4, 1, 4], Array(0..<100), Array((0..<100).reversed()),
    ])
    func elementsComeOutInOrder(numbers: [Int]) {
        var heap = Heap<Int>(by: <)
        for number in numbers { heap.insert(number) }
        #expect(heap.count == numbers.count)
        #expect(heap.first == numbers.min())
        var taken: [Int] = []
        while let next = heap.popFirst() { taken.append(next) }
        #expect(taken == numbers.sorted())
        #expect(heap.isEmpty && heap.popFirst() == nil)
    }

    @Test func addingAndTakingMayAlternate() {
        var heap = Heap<Int>(by: >)
        heap.insert(3)
        heap.insert(9)
        #expect(heap.popFirst() == 9)
        heap.insert(1)
        heap.insert(4)
        #expect(heap.popFirst() == 4)
        #expect(heap.popFirst() == 3)
        #expect(heap.first == 1)
    }
}
