/// The bounds Kubernetes puts on expressions. Fixed numbers: they are part of the API, because a rule accepted by one
/// server must be accepted by another.
///
/// Source: k8s.io/apiserver/pkg/apis/cel, k8s.io/apiserver/pkg/cel/limits.go, apiextensions' validation.
package enum CELLimits {
    /// The size of the largest request the estimates assume.
    package static let maximumRequestBytes: Int64 = 3 * 1024 * 1024
    static let maximumStringLength = UInt64(maximumRequestBytes - 2)

    /// Static estimate: one rule of a CRD, all its repetitions counted.
    package static let staticCostPerRule: UInt64 = 10_000_000
    /// Static estimate: all rules of a CRD's schema together.
    package static let staticCostPerCRD: UInt64 = 100_000_000

    /// Run time: one evaluation of one expression.
    package static let costPerCall: UInt64 = 1_000_000
    /// Run time: all rules over one custom resource, or all expressions of one policy binding.
    package static let costPerObject: UInt64 = 10_000_000
    /// Run time: the match conditions of one webhook or one policy binding.
    package static let costPerMatchConditions: UInt64 = 2_500_000
    /// Run time: one DRA device selector.
    package static let costPerDeviceSelector: UInt64 = 1_000_000

    /// The longest text a message expression may give.
    package static let maximumMessageBytes = 5 * 1024

    /// The longest text an evaluation may make, in bytes. Looking at a longer one would cost more than is allowed, so it
    /// need not be made; the cost model itself looks only when it is too late.
    static let textBytes = 16 * 1024 * 1024
    /// The longest list an evaluation may make, and the most values a result may have.
    static let listElements = 4_000_000

    /// The longest expression, in code points.
    package static let expressionCodePoints = 100_000
    /// How deep expressions may nest.
    package static let expressionDepth = 250
}
