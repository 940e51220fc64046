import CEL
import KubeSchemas
import Machinery

/// One change that a mutating policy makes, computed.
///
/// Source: k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch.
enum PolicyMutation {
    /// Why a change cannot be made; the failure policy decides.
    struct Failure: Error, Hashable, Sendable {
        let message: String

        init(_ message: String) { self.message = message }
    }

    /// The object after the change.
    ///
    /// - Parameter schema: of the object's kind; `nil` when nothing is known of it.
    static func object(
        _ object: JSONObject, after change: CompiledMutatingPolicy.Change, schema: Schema?,
        _ evaluation: AdmissionEvaluation
    ) async throws(Failure) -> JSONObject {
        switch change {
        case .apply(let expression):
            let value = try await value(of: expression, evaluation)
            return try merged(value, into: object, schema: schema)
        case .patch(let expression):
            let value = try await value(of: expression, evaluation)
            return try patched(object, by: operations(value))
        }
    }

    private static func value(
        of expression: AdmissionExpression, _ evaluation: AdmissionEvaluation
    ) async throws(Failure) -> CELValue {
        if case .failure(let error) = expression.program { throw Failure(error.admissionText) }
        var evaluation = evaluation
        let outcome: Result<CELValue, AdmissionExpressionFailure>
        do throws(CELEvaluationError) {
            outcome = try await evaluation.value(of: expression)
        } catch {
            throw Failure(error.description)
        }
        switch outcome {
        case .success(let value): return value
        case .failure(let failure): throw Failure(failure.message)
        }
    }

    // MARK: Apply configurations

    private static func merged(
        _ value: CELValue, into object: JSONObject, schema: Schema?
    ) throws(Failure) -> JSONObject {
        let part: JSON
        do throws(CELEvaluationError) {
            part = try value.appliedObject()
        } catch {
            throw Failure("type mismatch: \(error.description)")
        }
        guard case .object(var configuration) = part, let schema else {
            throw Failure("unsupported return type from ApplyConfiguration expression")
        }
        configuration["apiVersion"] = object["apiVersion"]
        configuration["kind"] = object["kind"]
        do throws(SchemaMerge.Failure) {
            return try SchemaMerge.merge(configuration, into: object, schema: schema)
        } catch {
            throw Failure("error applying patch: \(error.description)")
        }
    }

    // MARK: JSON patches

    private static func operations(_ value: CELValue) throws(Failure) -> JSON {
        guard case .list(let list) = value else {
            throw Failure("type mismatch: JSONPatchType.expression should evaluate to array")
        }
        var operations: [JSON] = []
        for index in 0..<list.count { operations.append(.object(try operation(list, index))) }
        return .array(operations)
    }

    private static func operation(_ list: CELList, _ index: Int) throws(Failure) -> JSONObject {
        do throws(CELEvaluationError) {
            guard case .object(.built(_, let fields)) = try list.element(index) else {
                throw CELEvaluationError(
                    "type mismatch: JSONPatchType.expression should evaluate to array of JSONPatch")
            }
            var operation = JSONObject()
            for field in fields {
                if case .object(.built) = field.value {
                    operation[field.name] = try field.value.placedObject()
                } else {
                    operation[field.name] = try field.value.json()
                }
            }
            return operation
        } catch {
            throw Failure(error.description)
        }
    }

    private static func patched(_ object: JSONObject, by operations: JSON) throws(Failure) -> JSONObject {
        do throws(StatusError) {
            return try JSONPatchDocument(json: operations).applied(to: object)
        } catch {
            // A test that fails is how a patch says that it is not wanted.
            let cause = error.details?.causes.first?.message ?? error.message
            if cause.hasPrefix("testing value") { return object }
            throw Failure("JSON Patch: \(cause)")
        }
    }
}
