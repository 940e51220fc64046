import HTTPClient
import HTTPCore
import Inference
import NIOCore

extension InferenceGateway {
    /// What one attempt came to.
    private enum Attempt {
        case answer(HTTPResponse)
        /// The replica had not begun to answer; another may.
        case repeatable(ReplicaVerdict)
        case failed(RelayFailure, ReplicaVerdict)
    }

    /// Waits for a replica and has it answer, and another one where that one cannot.
    func relay(_ plan: RelayPlan, on loop: any EventLoop) async throws(RelayFailure) -> HTTPResponse {
        var place = plan.place
        let client = upstream.client(on: loop)
        var hangUps = 0
        for attempt in 1...max(1, configuration.attempts) {
            let waitedSince = ContinuousClock.now
            let left = plan.queueTimeout - plan.hand.begin.duration(to: waitedSince)
            let assignment: Assignment
            do throws(PoolDispatcher.Refusal) {
                assignment = try await plan.dispatcher.assign(
                    place, timeout: max(left, .zero), isRepeat: attempt > 1)
            } catch {
                throw RelayFailure(error)
            }
            plan.hand.hold(assignment, of: plan.dispatcher, waitedSince: waitedSince)
            switch await self.attempt(plan, assignment, client) {
            case .answer(let response): return response
            case .failed(let failure, let verdict):
                plan.hand.giveBack(verdict)
                throw failure
            case .repeatable(let verdict):
                plan.hand.giveBack(verdict)
                place.avoided = assignment.replica.id
                if verdict == .hungUp { hangUps += 1 }
                if hangUps > configuration.hangUps { throw Self.noReplicaAnswers }
            }
        }
        throw Self.noReplicaAnswers
    }

    private static var noReplicaAnswers: RelayFailure {
        RelayFailure(.upstream("No replica of the model could be reached, or each hung up."), .failed)
    }

    private func attempt(_ plan: RelayPlan, _ assignment: Assignment, _ client: HTTPClient) async -> Attempt {
        let response: HTTPClientResponse
        do {
            response = try await client.execute(
                plan.request(to: assignment.replica), deadline: .now + plan.answerTimeout)
        } catch let error as HTTPClientError {
            switch error {
            case .connectFailed: return .repeatable(.unreachable)
            case .connectionClosed: return .repeatable(.hungUp)
            case .deadlineExceeded:
                return .failed(
                    RelayFailure(.upstream("The model did not answer in time.", status: .gatewayTimeout), .failed),
                    .unknown)
            case .invalidRequest:
                return .failed(.refused(.invalid("The request's header fields cannot be relayed.")), .unknown)
            case .malformedResponse, .notPermitted, .overloaded, .shutDown, .upgradeRefused:
                return .failed(RelayFailure(.upstream("The model server's answer cannot be read."), .failed), .hungUp)
            }
        } catch {
            return .failed(.cancelled, .unknown)
        }
        var answer = HTTPResponse(status: response.status, headers: UpstreamFields.response(response.headers))
        let isStream = response.headers["content-type"]?.hasPrefix("text/event-stream") ?? false
        if isStream {
            answer.body = .stream { [hand = plan.hand] stream in
                try await EventStreamRelay(hand: hand, status: response.status).run(response.body, to: stream)
            }
            return .answer(answer)
        }
        do throws(HTTPBodyError) {
            answer.body = try await WholeAnswerRelay(hand: plan.hand, status: response.status).body(response.body)
            return .answer(answer)
        } catch {
            // Nothing has gone out yet.
            return error == .cancelled ? .failed(.cancelled, .unknown) : .repeatable(.hungUp)
        }
    }
}

extension InferenceRequest.Outcome {
    /// How a request ended that a model server answered.
    init(status: HTTPStatus) {
        switch status.rawValue {
        case ..<400: self = .served
        case ..<500: self = .refused
        default: self = .failed
        }
    }
}
