import KubeAPI

/// A priority level's configuration, in the form in which it is applied.
package struct LevelSettings: Sendable, Equatable {
    /// How requests wait that find no seat.
    package struct Queuing: Sendable, Equatable {
        let queues: Int
        let handSize: Int
        let lengthLimit: Int

        package init(queues: Int, handSize: Int, lengthLimit: Int) {
            self.queues = queues
            self.handSize = handSize
            self.lengthLimit = lengthLimit
        }
    }

    let name: String
    let uid: String
    let isExempt: Bool
    /// The level's part of the server's seats, relative to the other levels'.
    let shares: Int
    /// How much of its seats others may use, while it does not.
    let lendablePercent: Int
    /// How much it may have beyond its own; `nil` when only what is there limits that.
    let borrowingLimitPercent: Int?
    /// `nil`: what finds no seat is rejected.
    let queuing: Queuing?

    /// `nil` when the type and what is said about it do not fit together; such a level is as good as absent.
    init?(_ level: PriorityLevelConfiguration) {
        name = level.name
        uid = level.metadata.uid ?? ""
        switch level.spec.type {
        case "Exempt":
            guard level.name == "exempt", level.spec.limited == nil else { return nil }
            isExempt = true
            shares = Int(level.spec.exempt?.nominalConcurrencyShares ?? 0)
            lendablePercent = Int(level.spec.exempt?.lendablePercent ?? 0)
            borrowingLimitPercent = nil
            queuing = nil
        case "Limited":
            guard level.name != "exempt", let limited = level.spec.limited else { return nil }
            isExempt = false
            shares = Int(limited.nominalConcurrencyShares ?? 30)
            lendablePercent = Int(limited.lendablePercent ?? 0)
            borrowingLimitPercent = limited.borrowingLimitPercent.map(Int.init)
            switch (limited.limitResponse?.type, limited.limitResponse?.queuing) {
            case ("Queue", let queuing):
                self.queuing = Queuing(
                    queues: max(1, Int(queuing?.queues ?? 64)), handSize: max(1, Int(queuing?.handSize ?? 8)),
                    lengthLimit: max(1, Int(queuing?.queueLengthLimit ?? 50)))
            default:
                queuing = nil
            }
        default:
            return nil
        }
    }
}

/// The seats of a level: what it has by its shares, the least it keeps, and the most it can have by borrowing.
struct SeatLimits: Sendable, Equatable {
    let nominal: Int
    let lower: Int
    let upper: Int

    /// - Parameters:
    ///   - serverSeats: what the whole server does at once.
    ///   - shareSum: of all levels, this one included.
    init(_ settings: LevelSettings, serverSeats: Int, shareSum: Int) {
        let part = Double(serverSeats) * Double(settings.shares) / Double(max(1, shareSum))
        nominal = Int(part.rounded(.up))
        let lendable = (Double(nominal) * Double(settings.lendablePercent) / 100).rounded()
        lower = nominal - Int(lendable)
        if let percent = settings.borrowingLimitPercent {
            upper = nominal + Int((Double(nominal) * Double(percent) / 100).rounded())
        } else {
            upper = nominal + serverSeats
        }
    }
}
