import Machinery

/// Short texts with a grammar of their own.
enum Texts {
    static func selectors(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let selector = accepted({ () throws(SelectorError) in try Selector(parsing: text) }) {
            let written = selector.description
            let again = accepted { () throws(SelectorError) in try Selector(parsing: written) }
            promise(again?.description == written, "the selector \(text) is written as \(written)")
            _ = selector.matches(["a": "b", "app": "1"])
        }
        if let selector = accepted({ () throws(SelectorError) in try FieldSelector(parsing: text) }) {
            let written = selector.description
            let again = accepted { () throws(SelectorError) in try FieldSelector(parsing: written) }
            promise(again?.description == written, "the selector \(text) is written as \(written)")
        }
    }

    static func quantities(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let quantity = accepted({ () throws(QuantityError) in try Quantity(parsing: text) }) {
            let again = accepted { () throws(QuantityError) in try Quantity(parsing: quantity.description) }
            promise(again == quantity, "the quantity \(text) is written as \(quantity)")
            _ = (quantity + quantity, quantity - quantity, quantity * 3)
        }
        if let duration = accepted({ () throws(GoDurationError) in try GoDuration(parsing: text) }) {
            let again = accepted { () throws(GoDurationError) in try GoDuration(parsing: duration.description) }
            promise(again == duration, "the duration \(text) is written as \(duration)")
        }
        _ = accepted { () throws(CronSchedule.Failure) in try CronSchedule(parsing: text) }
    }
}
