/// A pattern as it was written.
indirect enum RegexNode {
    enum Assertion: UInt8 {
        case textBegin
        case textEnd
        case lineBegin
        case lineEnd
        case wordBoundary
        case noWordBoundary
    }

    case empty
    case scalars(ScalarSet)
    case assertion(Assertion)
    case sequence([RegexNode])
    case choice([RegexNode])
    /// `maximum` is `nil` for any number.
    case repetition(RegexNode, minimum: Int, maximum: Int?, isGreedy: Bool)
}
