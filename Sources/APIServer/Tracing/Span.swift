import Synchronization

/// A stretch of work within a trace, with those inside it.
final class Span: Sendable {
    /// A step of the work that is over.
    struct Step: Sendable {
        let name: String
        let begin: Duration
        let end: Duration
        let attributes: [Attribute]
    }

    struct Attribute: Sendable {
        enum Value: Sendable {
            case text(String)
            case number(Int64)
        }

        let name: String
        let value: Value

        init(_ name: String, _ text: String) {
            self.name = name
            value = .text(text)
        }

        init(_ name: String, _ number: Int) {
            self.name = name
            value = .number(Int64(number))
        }
    }

    /// What a request may be told in at most.
    private static let maximumSteps = 128

    /// The span that the present task works for; what happens in it is told as its steps.
    @TaskLocal static var current: Span?

    let name: String
    let context: TraceContext
    /// The span this one is within, of another program.
    let parent: [UInt8]?
    /// When it began, since the epoch.
    let wallBegin: Duration
    let begin: ContinuousClock.Instant
    private let steps = Mutex<[Step]>([])

    init(name: String, context: TraceContext, parent: [UInt8]?, wallBegin: Duration) {
        self.name = name
        self.context = context
        self.parent = parent
        self.wallBegin = wallBegin
        begin = .now
    }

    /// Tells of a step that is over.
    func add(
        _ name: String, from begin: ContinuousClock.Instant, to end: ContinuousClock.Instant = .now,
        _ attributes: [Attribute] = []
    ) {
        let step = Step(
            name: name, begin: self.begin.duration(to: begin), end: self.begin.duration(to: end),
            attributes: attributes)
        steps.withLock { if $0.count < Self.maximumSteps { $0.append(step) } }
    }

    var taken: [Step] { steps.withLock { $0 } }
}

/// A span that is over, to be sent.
struct FinishedSpan: Sendable {
    let span: Span
    let duration: Duration
    let steps: [Span.Step]
    let attributes: [Span.Attribute]
    let hasFailed: Bool
}
