import CEL
import KubeAPI
import Machinery
import Synchronization

/// CEL selectors of devices, compiled once, with what they said of each device.
///
/// Source: k8s.io/dynamic-resource-allocation/cel: the variable `device` and its members.
final class DeviceSelectors: Sendable {
    private struct Question: Hashable {
        let expression: String
        let device: ObjectIdentifier
    }

    private struct State {
        var programs: [String: Result<CELProgram, CELCompileError>] = [:]
        /// Devices are kept alive with their answers, so that their identities stay theirs.
        var answers: [Question: (device: InventoryDevice, holds: Bool)] = [:]
        var values: [ObjectIdentifier: (device: InventoryDevice, value: CELValue)] = [:]
    }

    private static let maximumAnswers = 200_000
    private static let maximumPrograms = 1000
    private let state = Mutex(State())

    private static let environment: CELEnvironment = {
        let domains = DeclaredType.map(of: .map(of: .dyn))
        let device = DeclaredType.object(
            named: "DRADevice",
            [
                .init(name: "driver", type: .string, isRequired: true),
                .init(name: "attributes", type: domains, isRequired: true),
                .init(name: "capacity", type: domains, isRequired: true),
                .init(name: "allowMultipleAllocations", type: .bool, isRequired: true),
            ])
        return CELEnvironment.kubernetes(.storedExpressions).enabling(.bindings).enabling(.includes)
            .declaring("device", device)
    }()

    /// Whether the device is what the expression asks for.
    /// - Throws: why that cannot be said.
    func holds(_ expression: String, _ device: InventoryDevice) throws(DeviceSelectorError) -> Bool {
        let question = Question(expression: expression, device: ObjectIdentifier(device))
        if let answer = state.withLock({ $0.answers[question]?.holds }) { return answer }
        let program: CELProgram
        do {
            program = try compiled(expression).get()
        } catch {
            throw DeviceSelectorError("CEL compile error: \(error.description)")
        }
        var budget = CELBudget(total: CELLimits.costPerDeviceSelector, perCall: CELLimits.costPerDeviceSelector)
        let value: CELValue
        do {
            value = try program.evaluate(CELActivation(["device": self.value(of: device)]), budget: &budget)
        } catch {
            throw DeviceSelectorError("CEL runtime error: \(error.description)")
        }
        guard let holds = value.boolValue else { throw DeviceSelectorError("CEL result of type \(value) is no bool") }
        state.withLock { state in
            if state.answers.count >= Self.maximumAnswers {
                state.answers = [:]
                state.values = [:]
            }
            state.answers[question] = (device, holds)
        }
        return holds
    }

    private func compiled(_ expression: String) -> Result<CELProgram, CELCompileError> {
        if let known = state.withLock({ $0.programs[expression] }) { return known }
        let made: Result<CELProgram, CELCompileError>
        do {
            made = .success(try Self.environment.compile(expression, as: .bool))
        } catch {
            made = .failure(error)
        }
        state.withLock { state in
            if state.programs.count >= Self.maximumPrograms { state.programs = [:] }
            state.programs[expression] = made
        }
        return made
    }

    private func value(of device: InventoryDevice) -> CELValue {
        if let known = state.withLock({ $0.values[ObjectIdentifier(device)]?.value }) { return known }
        let value = CELValue.object(
            .built(
                typeName: "DRADevice",
                [
                    ("driver", .string(device.id.driver)),
                    ("attributes", Self.domains(device.attributes) { Self.value($0) }),
                    ("capacity", Self.domains(device.capacity) { .opaque(QuantityValue($0.value ?? .zero)) }),
                    ("allowMultipleAllocations", .bool(device.isShared)),
                ]))
        state.withLock { $0.values[ObjectIdentifier(device)] = (device, value) }
        return value
    }

    /// Values by domain, then name; a domain that is not there is an empty map.
    private static func domains<Value>(_ values: [String: Value], _ convert: (Value) -> CELValue?) -> CELValue {
        var domains: [String: MapEntries] = [:]
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let converted = convert(value) else { continue }
            domains[parts[0], default: MapEntries()].set(.string(parts[1]), converted)
        }
        let entries = MapEntries(domains.sorted { $0.key < $1.key }.map { (.string($0.key), .map(.entries($0.value))) })
        return .map(.withDefault(entries, CELValueBox(.map(.entries(MapEntries())))))
    }

    private static func value(_ attribute: DeviceAttribute) -> CELValue? {
        if let text = attribute.string { return .string(text) }
        if let number = attribute.int { return .int(number) }
        if let flag = attribute.bool { return .bool(flag) }
        return attribute.version.flatMap { SemverValue($0) }.map { .opaque($0) }
    }
}

/// Why a selector says nothing of a device.
struct DeviceSelectorError: Error, Hashable, Sendable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
