import KubeSchemas
import Machinery
import Testing

/// What `kubectl explain` shows.
@Suite("Descriptions")
struct DescriptionTests {
    @Test("Every type and field of the API is described in whole sentences")
    func complete() {
        var faulty: [String] = []
        for definition in BuiltinSchemas.definitions {
            guard let schema = BuiltinSchemas.schema(definition: definition) else { continue }
            if !isDescription(schema.documentation) { faulty.append("\(definition): \(schema.documentation)") }
            for field in schema.fields where !isDescription(field.documentation) {
                faulty.append("\(definition).\(field.name): \(field.documentation)")
            }
        }
        #expect(faulty.isEmpty, "\(faulty.count):\n\(faulty.joined(separator: "\n"))")
    }

    private func isDescription(_ text: String) -> Bool {
        text.count >= 10 && text.first?.isUppercase == true && text.last == "." && !text.contains("  ")
            && !text.contains("\n")
    }

    @Test("A description stands behind its declaration, below it, or both")
    func places() throws {
        let schemas = MessageSchemas(
            text: """
                package example

                type Engine # Turns fuel
                  # into motion.
                  power int32 @1 = 3 # In kilowatts.
                  fuel string @2 = "#1"
                    # What it burns:

                    # diesel #2 or
                    #   petrol.
                  maker string @3

                type Wheel
                  # Four of them.
                """)
        let engine = schemas.message("Engine")
        #expect(engine.documentation == "Turns fuel into motion.")
        #expect(engine.field("power")?.documentation == "In kilowatts.")
        #expect(engine.field("power")?.defaultValue == 3)
        #expect(engine.field("fuel")?.documentation == "What it burns: diesel #2 or petrol.")
        #expect(engine.field("fuel")?.defaultValue == "#1")
        #expect(engine.field("maker")?.documentation == "")
        #expect(schemas.message("Wheel").documentation == "Four of them.")
    }
}
