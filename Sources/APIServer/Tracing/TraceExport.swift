import Machinery
import PKI

/// Spans as OTLP's protobuf messages.
///
/// Source: opentelemetry-proto: collector/trace/v1, trace/v1, resource/v1 and common/v1.
enum TraceExport {
    private static let server: Int64 = 2
    private static let inner: Int64 = 1
    private static let failed: Int64 = 2

    /// An `ExportTraceServiceRequest`.
    static func request(_ spans: [FinishedSpan]) -> [UInt8] {
        var scope = ProtobufWriter()
        var name = ProtobufWriter()
        name.string(1, "gantry")
        scope.data(1, name.bytes)
        for span in spans {
            scope.data(2, message(span))
            for step in span.steps { scope.data(2, message(step, of: span.span)) }
        }
        var resource = ProtobufWriter()
        resource.data(1, attribute(Span.Attribute("service.name", "apiserver")))
        resource.data(1, attribute(Span.Attribute("service.version", GantryVersion.program)))
        var group = ProtobufWriter()
        group.data(1, resource.bytes)
        group.data(2, scope.bytes)
        var request = ProtobufWriter()
        request.data(1, group.bytes)
        return request.bytes
    }

    private static func message(_ finished: FinishedSpan) -> [UInt8] {
        let span = finished.span
        var writer = ProtobufWriter()
        writer.data(1, span.context.trace)
        writer.data(2, span.context.span)
        if let parent = span.parent { writer.data(4, parent) }
        writer.string(5, span.name)
        writer.integer(6, server)
        writer.fixed64(7, nanoseconds(span.wallBegin))
        writer.fixed64(8, nanoseconds(span.wallBegin + finished.duration))
        for entry in finished.attributes { writer.data(9, attribute(entry)) }
        if finished.hasFailed {
            var status = ProtobufWriter()
            status.integer(3, failed)
            writer.data(15, status.bytes)
        }
        return writer.bytes
    }

    private static func message(_ step: Span.Step, of span: Span) -> [UInt8] {
        var writer = ProtobufWriter()
        writer.data(1, span.context.trace)
        writer.data(2, SecureRandom.bytes(8))
        writer.data(4, span.context.span)
        writer.string(5, step.name)
        writer.integer(6, inner)
        writer.fixed64(7, nanoseconds(span.wallBegin + step.begin))
        writer.fixed64(8, nanoseconds(span.wallBegin + step.end))
        for entry in step.attributes { writer.data(9, attribute(entry)) }
        return writer.bytes
    }

    private static func attribute(_ attribute: Span.Attribute) -> [UInt8] {
        var value = ProtobufWriter()
        switch attribute.value {
        case .text(let text): value.string(1, text)
        case .number(let number): value.integer(3, number)
        }
        var writer = ProtobufWriter()
        writer.string(1, attribute.name)
        writer.data(2, value.bytes)
        return writer.bytes
    }

    private static func nanoseconds(_ duration: Duration) -> UInt64 {
        let (seconds, attoseconds) = duration.components
        return UInt64(clamping: seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}

extension ProtobufWriter {
    /// A `fixed64`: the same bytes as a double of that pattern.
    fileprivate mutating func fixed64(_ number: Int, _ value: UInt64) {
        double(number, Double(bitPattern: value))
    }
}
